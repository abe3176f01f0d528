"""The work: plan, consents, run, proof, finish; from an order to what it leaves behind."""
