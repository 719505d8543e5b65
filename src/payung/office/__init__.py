"""The web office: people, lists, review and history for a village operator, a camat, two dinas and the branch.

A Django project. Its apps, each importing only those before it: ``ui`` and ``history``, ``regions``,
``accounts``, ``jobs``, ``register``, ``intake``, ``front``.
"""
