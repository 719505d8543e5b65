"""Is it the same person twice? Is he already insured? Is she still alive?"""
