"""The register of people: who they are, where they live, which office they hold, what covers them."""
