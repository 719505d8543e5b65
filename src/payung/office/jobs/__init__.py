"""Long work, done by a worker with the database as its queue; killed at any moment, it goes on or starts again."""
