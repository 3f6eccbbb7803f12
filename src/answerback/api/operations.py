"""Adds operations to the API, each with its scope; those that change something are done once for each key."""

from collections.abc import Callable
from types import GenericAlias
from typing import Any, Literal, TypeVar

from ninja import Router
from ninja.decorators import decorate_view
from pydantic import Field, create_model

from answerback.api.door import Token
from answerback.api.once import once
from answerback.api.trail import noted
from answerback.store.roles import Act

View = TypeVar("View", bound=Callable[..., Any])


def reads(
    router: Router, path: str, scope: str, answer: Any, *, act: Act | None = None, said: bool = False
) -> Callable[[View], View]:
    """An operation that reads; `act` as in `door.Token`. What shows words that were `said` goes into the audit log."""
    add = router.get(path, auth=Token(scope, act), response=answer, openapi_extra={"x-scope": scope})
    return (lambda view: add(decorate_view(noted("view", view.__name__))(view))) if said else add


def hands_out(router: Router, path: str, scope: str, *content_types: str) -> Callable[[View], View]:
    """An operation that answers with a file of one of these types, however large; it goes into the audit log."""
    content = {each: {"schema": {"type": "string", "format": "binary"}} for each in content_types}
    answer = {"200": {"description": "OK", "content": content}}
    add = router.get(path, auth=Token(scope), openapi_extra={"x-scope": scope, "responses": answer})

    def added(view: View) -> View:
        return add(decorate_view(noted("export", view.__name__))(view))

    return added


def acts(
    router: Router,
    path: str,
    scope: str,
    answer: Any,
    *,
    method: Literal["POST", "PATCH", "DELETE", "PUT"] = "POST",
    status: int = 200,
    act: Act | None = None,
) -> Callable[[View], View]:
    """An operation that changes something; 204 answers nothing. `act` as in `door.Token`."""
    add = router.api_operation(
        [method], path, auth=Token(scope, act), response={status: answer}, openapi_extra={"x-scope": scope}
    )

    def added(view: View) -> View:
        return add(decorate_view(noted("edit", view.__name__), once)(view))

    return added


def page_of(shape: type[Any]) -> Any:
    """The shape of a page of a list of these."""
    says = "Where the next page begins: hand it back as `cursor`. Null on the last page."
    rows: Any = GenericAlias(list, shape)
    return create_model(
        f"{shape.__name__}List",
        __doc__="A page of a list, the newest first.",
        items=(rows, ...),
        next=(str | None, Field(default=None, description=says)),
    )
