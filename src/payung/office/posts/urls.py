"""Pages of posts."""

from __future__ import annotations

from payung.office.access.pages import needs, page
from payung.office.access.permissions import Permission
from payung.office.posts import lists, pages

COUNT, VIEW = needs(Permission.POST_VIEW, Permission.POST_COUNT), needs(Permission.POST_VIEW)

urlpatterns = [
    page("jabatan/", lists.Board.as_view(), COUNT, name="post_board"),
    page("jabatan/daftar/", lists.Posts.as_view(), COUNT, name="post_list"),
    page("jabatan/desa/<str:code>/", pages.village, COUNT, name="post_village"),
    page("jabatan/desa/<str:code>/cetak/", pages.roster, VIEW, name="post_print"),
    page("jabatan/<int:key>/", pages.post, VIEW, name="post_show"),
]
