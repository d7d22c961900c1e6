"""The documents as archive files: a validator finds nothing that is not known and explained."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf.pdfa import check

from review.document.issuing import issued
from review.proof.seal import PERSON
from review.proof.seal_key import make_trial_key
from tests.review.documents import AT, a_decided
from tests.review.sealing import signed_by

UA = "PDF/UA-1 is declared by an extension schema, as ISO 19005-3, 6.6.2.3 says; only 1b to 3b ask"
BASELINE = {
    r"/CIDSet on a CIDFontType2 subset is not checked": "the validator does not look, so it asks",
    r"XMP namespace pdfa(Extension|Schema|Property)=\S+ is not permitted": UA,
    r"XMP property (pdfaExtension:schemas|pdfuaid:part) is not permitted": UA,
    r"XMP (namespace xmpTPg=\S+|property xmpTPg:NPages) is not permitted": "pages are counted",
    r"the content of structured XMP property xmpMM:History is not checked": "as with /CIDSet",
    r"pdfaid:conformance is 'A', expected 'B'": "3a asks for all of 3b, and for tags",
    r"/Dest: '\d+ 0 R' is not valid under any of the given schemas": "it may be indirect (7.3.10)",
    r"embedded files are not supported": "PDF/A-3 is for them; what they are is asserted below",
    r"permissions \(/Perms\) are not supported": "the seal certifies: it is the only permission",
    r"interactive forms \(/AcroForm\) are not supported": "only fields of signatures, see below",
}
"""What the validator of PDF/A-3b says of a PDF/A-3a file that is in order, and why it may."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """A sealed document, and the same with a personal signature."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("CANDOR_SEAL_KEY", raising=False)
        make_trial_key(AT)
        made = issued(*a_decided(tmp_path_factory.mktemp("store")), at=AT, now=AT).content
    return {"sealed": made, "signed": signed_by(made, PERSON.format(1), "Mika Ito")}


@pytest.mark.parametrize("name", ["sealed", "signed"])
def test_a_validator_of_archive_files_finds_only_what_is_known(documents, name):
    with pikepdf.open(io.BytesIO(documents[name])) as pdf:
        found = [one.message for one in check(pdf, "3b").findings]

    assert found
    assert [one for one in found if not any(re.search(p, one) for p in BASELINE)] == []


def test_a_file_that_is_no_archive_is_not_let_through(documents):
    with pikepdf.open(io.BytesIO(documents["sealed"])) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        found = [one.message for one in check(pdf, "3b").findings]

    assert [one for one in found if not any(re.search(p, one) for p in BASELINE)]


@pytest.mark.parametrize("name", ["sealed", "signed"])
def test_what_the_validator_does_not_know_is_looked_at_here(documents, name):
    with pikepdf.open(io.BytesIO(documents[name])) as pdf:
        fields = pdf.Root.AcroForm.Fields
        listed = {one.UF for one in pdf.Root.AF}

        assert {str(one.FT) for one in fields} == {"/Sig"}
        assert all("/AP" not in one and "/TU" in one for one in fields)
        assert all(not set(map(float, one.Rect)) - {-20.0} for one in fields)
        assert "/XFA" not in pdf.Root.AcroForm
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert set(pdf.attachments) == listed
        assert all("/AFRelationship" in one for one in pdf.Root.AF)
        assert {str(one.EF.F.Subtype) for one in pdf.Root.AF} == {"/application/json"}
