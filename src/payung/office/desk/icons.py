"""The drawings, on a 24 by 24 grid, drawn for this project: strokes only."""

from __future__ import annotations

ICONS: dict[str, str] = {
    "umbrella": '<path d="M3 12a9 9 0 0 1 18 0Z"/><path d="M12 3V2"/><path d="M12 12v7a2 2 0 0 0 4 0"/>',
    "home": '<path d="M4 11 12 4l8 7"/><path d="M6 10v9h12v-9"/><path d="M10 19v-5h4v5"/>',
    "people": (
        '<circle cx="9" cy="8" r="3"/><path d="M3.5 19a5.5 5.5 0 0 1 11 0"/>'
        '<path d="M16 5.5a3 3 0 0 1 0 5.5"/><path d="M17.5 14a5.5 5.5 0 0 1 3 5"/>'
    ),
    "pair": (
        '<circle cx="7.5" cy="8" r="3"/><circle cx="16.5" cy="8" r="3"/>'
        '<path d="M2.5 19a5 5 0 0 1 10 0M11.5 19a5 5 0 0 1 10 0"/>'
    ),
    "person": '<circle cx="12" cy="8" r="3.5"/><path d="M5.5 20a6.5 6.5 0 0 1 13 0"/>',
    "office": '<path d="M4 20V9l8-5 8 5v11"/><path d="M8 20v-7M12 20v-7M16 20v-7M3 20h18"/>',
    "upload": '<path d="M12 16V5"/><path d="m7.5 9.5 4.5-4.5 4.5 4.5"/><path d="M4 16v4h16v-4"/>',
    "download": '<path d="M12 4v11"/><path d="M7.5 11 12 15.5 16.5 11"/><path d="M4 16v4h16v-4"/>',
    "board": '<path d="M4 5h16v14H4z"/><path d="M4 10h16M10 10v9"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15Z"/><path d="M10 20.5a2 2 0 0 0 4 0"/>',
    "key": '<circle cx="8" cy="15" r="3.5"/><path d="m10.5 12.5 8-8M16 7l2.5 2.5"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4.5 4.5"/>',
    "card": '<path d="M3 6h18v12H3z"/><path d="M3 10h18M6.5 14.5h4"/>',
    "print": '<path d="M7 9V4h10v5"/><path d="M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "edit": '<path d="m4 20 1-4.5L16 4.5l3.5 3.5-11 11Z"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "warn": '<path d="M12 4 2.8 19.5h18.4Z"/><path d="M12 10v4M12 16.8v.2"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1"/>',
    "moon": '<path d="M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5Z"/>',
    "leave": '<path d="M13 5H5v14h8"/><path d="M10 12h10M16.5 8.5 20 12l-3.5 3.5"/>',
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/>'
        '<circle cx="12" cy="12" r="2.5"/>'
    ),
    "more": '<path d="M5 12h.1M12 12h.1M19 12h.1"/>',
    "shield": '<path d="M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6Z"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "back": '<path d="m15 5-7 7 7 7"/>',
}
