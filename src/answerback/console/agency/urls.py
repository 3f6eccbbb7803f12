"""The addresses of the agency's pages."""

from django.urls import path

from answerback.console import brand
from answerback.console.agency import businesses, looks

urlpatterns = [
    path("agency", businesses.show, name="agency"),
    path("agency/invite", businesses.invite, name="invite_admin"),
    path("agency/invitations/<int:id>/take-back", businesses.take_back, name="take_back_invitation"),
    path("agency/admins/<int:id>/remove", businesses.remove_admin, name="remove_admin"),
    path("agency/admins/<int:id>/second-step", businesses.take_step, name="take_admins_step"),
    path("agency/rules", businesses.rules_page, name="agency_rules"),
    path("agency/rules/save", businesses.save_rules, name="save_agency_rules"),
    path("agency/looks", looks.show, name="looks"),
    path("agency/looks/save", looks.save, name="save_looks"),
    path("brand/<int:agency>.css", brand.css, name="brand_css"),
    path("brand/<int:agency>.png", brand.logo, name="brand_logo"),
]
