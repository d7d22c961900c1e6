"""What to ask a data team for: a message to copy, and a template to fill in."""

from __future__ import annotations

import streamlit as st

from checks.drafts import asking


def show(where: str = "here") -> None:
    """The message, and the template as a file; `where` tells two on a page apart."""
    st.code(asking.message(), language=None, wrap_lines=True)
    st.download_button(
        "Download the template (CSV)",
        asking.template,
        file_name="people-template.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"template {where}",
    )
