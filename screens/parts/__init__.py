"""The small parts that screens are made of; each file names what is seen on the screen."""
