"""Demo traffic: stories told through the public interfaces, each with an end that is checked."""
