"""A file in, cells out, in a process of its own with limits on memory and processor time.

Nothing in this package imports the rest of Payung: the process starts in a blink, and a file that kills it
kills nothing else.
"""
