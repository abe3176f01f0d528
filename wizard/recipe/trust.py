"""Who vouches for certificates, and what certificates and keys look like: the recipe's `trust` and `certificates`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from wizard.recipe.model import Part, Several
from wizard.recipe.texts import (
    Days,
    DistinguishedNamePattern,
    Fingerprint,
    Label,
    Line,
    RelativePath,
    Secret,
)

KeyWords = Literal["rsa-2048", "rsa-3072", "rsa-4096", "ec-p256", "ec-p384", "ec-p521"]


class Trust(Part):
    """Who vouches for the certificates; `trust: ca` is short for `trust: {kind: ca}`."""

    short_form: ClassVar[str] = "kind"

    kind: Literal["ca", "self-signed", "external"] = Field(
        "ca",
        description="Who signs certificates: an own small CA, each holder itself, or a CA elsewhere, by request.",
    )
    name: Line = Field(
        "{organization} MQ CA", description="The common name of the own CA; {organization} may stand in it."
    )
    folder: RelativePath = Field("ca", description="The folder of the own CA, beside the recipe.")
    key: KeyWords = Field("rsa-3072", description="The kind of key of the own CA.")
    days: Days = Field(3650, description="How many days the own CA's certificate is valid.")
    fingerprint: Several[Fingerprint] = Field(
        (),
        description="With kind: external, the SHA-256 fingerprint of the CA's root certificate, or several of them: "
        "answers that another CA signed are refused.",
    )
    passphrase: Secret | None = Field(
        None, description="What encrypts the own CA's key: env:NAME, file:PATH or prompt; else one is generated."
    )


class Certificates(Part):
    """What all certificates of the recipe have in common; one entry's `certificate` may say otherwise."""

    key: KeyWords = Field("rsa-2048", description="The kind of key of each certificate.")
    days: Days = Field(365, description="How many days each certificate is valid.")
    distinguished_name: DistinguishedNamePattern = Field(
        "CN={name},OU={organizational_unit},O={organization}",
        description="The pattern of the distinguished names; {name} is the certificate's name.",
    )


class Certificate(Part):
    """The certificate of one queue manager or client; a lone text is its name."""

    short_form: ClassVar[str] = "name"

    name: Line | None = Field(
        None, description="The certificate's name: what {name} in the distinguished name stands for."
    )
    label: Label | None = Field(
        None, description="The label in the key repository; else the certificate's name in small letters."
    )
    distinguished_name: DistinguishedNamePattern | None = Field(
        None, description="The whole distinguished name, such as CN=app1,OU=MQ,O=Example."
    )
    key: KeyWords | None = Field(None, description="The kind of key; else that of `certificates`.")
    days: Days | None = Field(None, description="How many days it is valid; else those of `certificates`.")
    public_key: Fingerprint | None = Field(
        None,
        description="Where its key is made on another host, the SHA-256 of the public key in its request: a request "
        "for another key is refused.",
    )
