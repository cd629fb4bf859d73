"""An entry is shown to stand under a checkpoint by one small file, for which only the links of one day are read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions, signing, signing_keys
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.audit.models import AuditEntry, AuditSeal, SigningKey
from credit_platform.audit.queries import proof_of
from credit_platform.audit.rules import merkle, proofs
from credit_platform.errors import Conflict

DAY = date(2026, 11, 30)


@given(st.integers(0, 70), st.integers(1, 70), st.data())
def test_the_later_proof_is_the_proof_of_the_whole_tree(before, after, data):
    leaves = [str(number).encode() for number in range(before + after)]
    grown = merkle.Frontier()
    grown.extend(leaves[:before])
    index = data.draw(st.integers(before, before + after - 1))
    path = merkle.later_proof(grown, leaves[before:], index)
    assert path == merkle.inclusion_proof(index, leaves)
    assert merkle.included(leaves[index], index, len(leaves), path, merkle.root(leaves))


@pytest.mark.parametrize("index", [4, 8, -1])
def test_a_leaf_of_before_or_beyond_has_no_later_proof(index):
    grown = merkle.Frontier()
    grown.extend([b"1"] * 5)
    with pytest.raises(IndexError):
        merkle.later_proof(grown, [b"2"] * 3, index)


def noted(count, word="check"):
    for number in range(count):
        actions.record("test.act", by=SYSTEM, detail={"receipt": f"{word}{number}"})


@pytest.fixture
def three_days(db):
    """Three days of entries, each with its checkpoint."""
    for number, word in enumerate(("first", "second", "third")):
        noted(5 + number, word)
        make_checkpoint(by=SYSTEM, on=DAY + timedelta(days=number))


def entry(word):
    return AuditEntry.objects.get(detail__receipt=word)


@pytest.mark.parametrize("word", ["first0", "first4", "second3", "third6"])
def test_the_proof_of_an_entry_leads_to_the_checkpoint_of_its_day(three_days, word):
    proof = proof_of(entry(word))
    text = proofs.written(proof)
    read = proofs.read(text)
    assert read == proof
    head = proofs.checked(read, signing_keys.verifiers(signing.CHECKPOINTS))
    assert head.size >= proof.seq
    assert read.said["detail"] == {"receipt": word}
    assert read.leaf.hex() == AuditSeal.objects.get(seq=proof.seq).hash


def test_there_is_none_before_the_next_checkpoint(three_days):
    noted(1, "fourth")
    assert proof_of(entry("fourth0")) is None
    while actions.seal():
        pass
    assert proof_of(entry("fourth0")) is None


def test_an_altered_entry_leads_nowhere(three_days):
    proof = proof_of(entry("second1"))
    other = proofs.Proof(proof.seq, proof.prev, proof.entry.replace("second1", "second2"), proof.path, proof.note)
    with pytest.raises(proofs.BadProof, match="树根"):
        proofs.checked(other, signing_keys.verifiers(signing.CHECKPOINTS))


def test_a_checkpoint_that_nobody_known_signed_proves_nothing(three_days):
    with pytest.raises(proofs.BadProof, match="已知公钥"):
        proofs.checked(proof_of(entry("first1")), {})


@pytest.mark.parametrize(
    "text", ["", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\nnote", "x\ny\nz\n\nn"]
)
def test_what_is_no_proof_is_told(text):
    with pytest.raises(proofs.BadProof):
        proofs.read(text)


def test_keys_of_two_uses_do_not_end_one_another(db, settings):
    checkpoints, receipts = signing.signer(), signing.receipt_signer()
    for signer in (checkpoints, receipts, checkpoints):
        signing_keys.entered(signer, by=SYSTEM)
    assert SigningKey.objects.filter(not_after__isnull=True).count() == 2
    settings.RECEIPT_KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    signing_keys.entered(signing.receipt_signer(), by=SYSTEM)
    ended = SigningKey.objects.get(not_after__isnull=False)
    assert str(ended) == receipts.key
    assert ended.use == "receipt"
    with pytest.raises(Conflict, match="已停用"):
        signing_keys.entered(receipts, by=SYSTEM)
