"""Who gets in, who does not, and why: one evaluator for review, plan, proof and explanation. Pure."""
