"""Anybody asks with NIK and birth date whether somebody is protected: yes, no, or ask here. Nothing else is told."""
