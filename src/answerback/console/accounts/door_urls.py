"""The addresses of signing in, below the root and without a namespace, under the names allauth asks for."""

from allauth.account import views
from django.urls import include, path, re_path

from answerback.console import sign_in
from answerback.console.accounts import door, recovery, single, step_page

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-out", sign_in.sign_out, name="account_logout"),
    path("account/sign-up", door.by_link_only, name="account_signup"),
    path("account/e-mail", door.by_link_only, name="account_email"),
    path("account/inactive", views.account_inactive, name="account_inactive"),
    path("account/confirm", views.reauthenticate, name="account_reauthenticate"),
    path("account/password", single.unlocked(views.password_change), name="account_change_password"),
    path("account/password/set", single.unlocked(views.password_set), name="account_set_password"),
    path("account/password/forgotten", views.password_reset, name="account_reset_password"),
    path("account/password/forgotten/sent", views.password_reset_done, name="account_reset_password_done"),
    path("account/password/new/done", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/second-step/recovery-codes/", recovery.show, name="mfa_view_recovery_codes"),
    path("account/second-step/recovery-codes/download/", recovery.download, name="mfa_download_recovery_codes"),
    path("account/second-step/recovery-codes/generate/", recovery.generate, name="mfa_generate_recovery_codes"),
    path("account/second-step/", step_page.show, name="mfa_index"),
    path("account/second-step/language", step_page.speak, name="second_step_language"),
    path("account/second-step/", include("allauth.mfa.urls")),
    path("account/single/", single.connections, name="socialaccount_connections"),
    path("account/single/", include("allauth.socialaccount.urls")),
    path("account/single/oidc/<str:provider_id>/login/", single.begin, name="openid_connect_login"),
    path("account/single/oidc/<str:provider_id>/login/callback/", single.come_back, name="openid_connect_callback"),
]
