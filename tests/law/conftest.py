"""Property tests of the law have no deadline: on a busy machine the first case pays for loading the law."""

from hypothesis import settings

settings.register_profile("law", deadline=None)
settings.load_profile("law")
