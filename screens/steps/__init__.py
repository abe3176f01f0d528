"""The steps, one file each; `screens.jobs` says which job walks through which."""
