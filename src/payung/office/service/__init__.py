"""What keeps the office running: its settings, its processes, its disk, its backups, and what a request meets first."""
