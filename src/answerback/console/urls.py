"""The addresses of the console."""

from django.urls import include, path

from answerback.console import appointment_types, conversation, diary, health, lines, lists, sign_in

app_name = "console"

urlpatterns = [
    path("", lists.show_inbox, name="inbox"),
    path("live", lists.inbox_live, name="inbox_live"),
    path("health", health.show, name="health"),
    path("todos", lists.show_todos, name="todos"),
    path("todos/live", lists.todos_live, name="todos_live"),
    path("todos/<int:id>/close", lists.close_todo, name="close_todo"),
    path("pages/<int:id>/take", lists.take_page, name="take_page"),
    path("c/<int:id>", conversation.show, name="conversation"),
    path("c/<int:id>/live", conversation.live, name="conversation_live"),
    path("c/<int:id>/take-over", conversation.take_over, name="take_over"),
    path("c/<int:id>/hand-back", conversation.hand_back, name="hand_back"),
    path("c/<int:id>/reply", conversation.reply, name="reply"),
    path("c/<int:id>/plain", conversation.plain, name="plain"),
    path("c/<int:id>/mark", conversation.mark, name="mark"),
    path("money/<int:id>/take-back", conversation.take_back_money, name="take_back_money"),
    path("c/<int:id>/called", conversation.called, name="called"),
    path("c/<int:id>/correct", conversation.correct, name="correct"),
    path("c/<int:id>/whose", conversation.whose, name="whose"),
    path("c/<int:id>/stop", conversation.stop, name="stop"),
    path("diary", diary.show, name="diary"),
    path("diary/types", appointment_types.show, name="appointment_types"),
    path("diary/types/save", appointment_types.save, name="save_appointment_type"),
    path("diary/<int:id>/move", diary.move, name="diary_move"),
    path("diary/<int:id>/end", diary.end, name="diary_end"),
    path("reports/", include("answerback.console.reports.urls")),
    path("calendars/", include("answerback.console.calendar_urls")),
    path("", include("answerback.console.contacts.urls")),
    path("lines", lines.show_lines, name="lines"),
    path("lines/<int:id>", lines.show_line, name="line"),
    path("lines/<int:id>/set", lines.set_line, name="set_line"),
    path("lines/<int:id>/connect", lines.connect, name="connect_line"),
    path("connections/<int:id>/test", lines.test_connection, name="test_connection"),
    path("", include("answerback.console.accounts.urls")),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("business", sign_in.choose_business, name="business"),
]
