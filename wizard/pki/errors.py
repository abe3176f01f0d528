"""What wizard.pki refuses: one type for each kind of thing a person hands it.

All are `MqWizardError`: what is wrong, what that means, and a remedy that can be done as it stands.
None carries a password, a key or a part of one.
"""

from __future__ import annotations

from wizard.errors import MqWizardError


class PkiError(MqWizardError):
    """A key, a certificate, a request, a store or an own CA cannot be used as it is."""


class DistinguishedNameError(PkiError):
    """A distinguished name, a label or a host name cannot stand in a certificate or a store."""


class PrivateKeyError(PkiError):
    """A private key cannot be read, or is of a kind that MQ does not use."""


class CertificateError(PkiError):
    """A certificate or a request cannot be read, or cannot be issued."""


class StoreError(PkiError):
    """A PKCS#12 store cannot be read or written."""


class StorePasswordError(StoreError):
    """The password does not open the store; or, much less likely, the store was changed."""


class AuthorityError(PkiError):
    """The folder of an own CA is not in a state in which it can be used."""
