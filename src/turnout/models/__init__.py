"""Models of turnout; each is a file that satisfies `turnout.models.base.Model`."""
