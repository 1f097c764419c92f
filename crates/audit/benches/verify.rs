//! How long it takes to check a journal of a million leaves: `cargo bench -p shirma-audit`.

use shirma_audit::*;

const LEAVES: u64 = 1_000_000;

fn main() {
    divan::main();
}

fn bytes_of(seq: u64) -> Vec<u8> {
    let actor = Actor::new(ActorKind::Staff, "7");
    let object = Object::new("subject", seq.to_string());
    let leaf = Leaf::new(
        1_700_000_000_000 + seq as i64,
        actor,
        Act::new("subject.reveal"),
        object,
    )
    .with_session("0badcafe")
    .with_fields(["phone"])
    .with_purpose("call_back");
    leaf.canonical(seq).expect("the leaf holds allowed words only")
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn verify_a_million_leaves(bencher: divan::Bencher<'_, '_>) {
    let mut frontier = Frontier::new();
    let rows: Vec<(Vec<u8>, Hash)> = (0..LEAVES)
        .map(|seq| {
            let bytes = bytes_of(seq);
            let hash = leaf_hash(&bytes);
            frontier.append(hash);
            (bytes, hash)
        })
        .collect();
    let head = Head {
        size: LEAVES,
        root: frontier.root(),
    };
    bencher.bench_local(|| {
        let evidence = Evidence {
            origin: "shirma/bench".into(),
            keys: vec![],
            checkpoints: vec![],
            anchors: vec![],
            max_anchor_gap_ms: MAX_ANCHOR_GAP_MS,
        };
        let mut verifier = Verifier::new(evidence);
        for (seq, (bytes, hash)) in (0..).zip(&rows) {
            verifier.row(Row {
                seq,
                bytes: Some(bytes),
                hash: *hash,
            });
        }
        assert_eq!(verifier.finish(head, 1_700_000_000_000).exit_code(), 0);
    });
}

#[divan::bench]
fn write_one_leaf() -> Vec<u8> {
    bytes_of(divan::black_box(412))
}
