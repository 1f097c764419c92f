//! Each thing somebody can do to a stored log, one by one and everywhere it can be done: exit code and place.

use shirma_audit::*;

const ORIGIN: &str = "shirma/test";
const HOUR_MS: i64 = 60 * 60 * 1000;
const START_MS: i64 = 1_700_000_000_000;
const SIZE: u64 = 21;
/// Where the notes of the honest log speak.
const CHECKPOINTS: [u64; 2] = [8, 20];
const ANCHOR: u64 = 17;

/// All that lies in the database, and the anchor that does not.
#[derive(Clone)]
struct Log {
    rows: Vec<(u64, Vec<u8>, Hash)>,
    nodes: Vec<Node>,
    frontier: Vec<u8>,
    head: Head,
    checkpoints: Vec<NamedNote>,
    anchors: Vec<NamedNote>,
}

impl Log {
    fn honest() -> Log {
        let mut log = Log::telling(|seq| seq);
        log.anchors = vec![note(&log, ANCHOR, 1, "anchor")];
        log
    }

    /// Everything rebuilt from leaves that name `object(seq)`, signed with the log's own key.
    fn telling(object: impl Fn(u64) -> u64) -> Log {
        let bytes = (0..SIZE).map(|seq| leaf(seq, object(seq))).collect();
        Log::built(bytes)
    }

    fn built(leaves: Vec<Vec<u8>>) -> Log {
        let mut frontier = Frontier::new();
        let mut log = Log {
            rows: Vec::new(),
            nodes: Vec::new(),
            frontier: Vec::new(),
            head: Head {
                size: 0,
                root: empty_root(),
            },
            checkpoints: Vec::new(),
            anchors: Vec::new(),
        };
        for (seq, bytes) in (0..).zip(leaves) {
            let hash = leaf_hash(&bytes);
            let completed = frontier.append(hash);
            log.nodes.extend(completed.into_iter().filter(|node| node.level > 0));
            log.rows.push((seq, bytes, hash));
        }
        log.frontier = frontier.to_bytes();
        log.head = Head {
            size: frontier.size(),
            root: frontier.root(),
        };
        let size = frontier.size();
        let signed = CHECKPOINTS.into_iter().filter(|at| *at <= size);
        log.checkpoints = signed
            .map(|at| note(&log, at, 1, &format!("checkpoint {at}")))
            .collect();
        log
    }

    fn check(&self) -> Report {
        let mut verifier = Verifier::new(Evidence {
            origin: ORIGIN.into(),
            keys: vec![KnownKey::new(ORIGIN, key(1).verifying_key()).expect("the origin is a key name")],
            checkpoints: self.checkpoints.clone(),
            anchors: self.anchors.clone(),
            max_anchor_gap_ms: MAX_ANCHOR_GAP_MS,
        })
        .comparing_nodes();
        for (seq, bytes, hash) in &self.rows {
            verifier.row(Row {
                seq: *seq,
                bytes: Some(bytes),
                hash: *hash,
            });
        }
        // What a query by the size of the rows would find, and what lies beyond it.
        let rows = self.rows.len() as u64;
        let is_asked = |node: &&Node| (node.index + 1) << node.level <= rows;
        verifier.stored_nodes(self.nodes.iter().filter(is_asked).copied().collect());
        verifier.stored_node_count(self.nodes.len() as u64);
        verifier.stored_frontier(&self.frontier);
        verifier.finish(self.head, START_MS + SIZE as i64 * HOUR_MS)
    }
}

fn leaf(seq: u64, object: u64) -> Vec<u8> {
    let at_ms = START_MS + seq as i64 * HOUR_MS;
    let actor = Actor::new(ActorKind::Staff, "7");
    let object = Object::new("subject", object.to_string());
    let leaf = Leaf::new(at_ms, actor, Act::new("subject.reveal"), object);
    leaf.with_purpose("call_back")
        .canonical(seq)
        .expect("the leaf holds allowed words only")
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn note(log: &Log, size: u64, seed: u8, name: &str) -> NamedNote {
    let mut frontier = Frontier::new();
    for (_, _, hash) in &log.rows[..size as usize] {
        frontier.append(*hash);
    }
    let text = Checkpoint::new(ORIGIN, size, frontier.root())
        .sign_first(&key(seed))
        .expect("the origin is a key name")
        .to_text();
    NamedNote {
        name: name.into(),
        text,
    }
}

/// One change, what `audit verify` must answer, and at which entry.
struct Case {
    name: String,
    log: Log,
    code: u8,
    bad_seq: Option<u64>,
}

fn case(name: impl Into<String>, code: u8, bad_seq: Option<u64>, change: impl FnOnce(&mut Log)) -> Case {
    let mut log = Log::honest();
    change(&mut log);
    Case {
        name: name.into(),
        log,
        code,
        bad_seq,
    }
}

fn check_all(cases: impl IntoIterator<Item = Case>) -> usize {
    let mut count = 0;
    for Case {
        name,
        log,
        code,
        bad_seq,
    } in cases
    {
        count += 1;
        let report = log.check();
        assert_eq!(report.exit_code(), code, "{name}: {:?}", report.findings);
        let found = match report.verdict() {
            Verdict::Altered { first_bad_seq, .. } => Some(*first_bad_seq),
            Verdict::Fork { .. } | Verdict::BadSignature { .. } | Verdict::AnchorGap { .. } | Verdict::Fine => None,
        };
        assert_eq!(found, bad_seq, "{name}: {:?}", report.findings);
    }
    count
}

#[test]
fn the_honest_log_is_fine() {
    let report = Log::honest().check();
    assert_eq!(
        (report.exit_code(), report.checkpoints_matched, report.anchors_matched),
        (0, 2, 1)
    );
}

#[test]
fn any_byte_of_any_leaf() {
    let mut cases = Vec::new();
    for seq in 0..SIZE {
        for place in 0..Log::honest().rows[seq as usize].1.len() {
            cases.push(case(format!("byte {place} of {seq}"), 2, Some(seq), |log| {
                log.rows[seq as usize].1[place] ^= 1;
            }));
        }
    }
    assert!(check_all(cases) > 3_000);
}

#[test]
fn any_leaf_lost_cut_swapped_or_doubled() {
    let every = 0..SIZE as usize;
    let lost = every.clone().map(|at| {
        case(format!("{at} lost"), 2, Some(at as u64), |log| {
            drop(log.rows.remove(at))
        })
    });
    let cut = every
        .clone()
        .map(|at| case(format!("cut at {at}"), 2, Some(at as u64), |log| log.rows.truncate(at)));
    let hashes = every.clone().map(|at| {
        case(format!("hash of {at}"), 2, Some(at as u64), |log| {
            log.rows[at].2.0[31] ^= 1
        })
    });
    let doubled = every.clone().map(|at| {
        case(format!("{at} doubled"), 2, Some(at as u64 + 1), |log| {
            let twice = log.rows[at].clone();
            log.rows.insert(at, twice);
        })
    });
    let swapped = every
        .clone()
        .flat_map(|one| (one + 1..SIZE as usize).map(move |other| (one, other)))
        .map(|(one, other)| {
            case(format!("{one} and {other} swapped"), 2, Some(one as u64), |log| {
                log.rows.swap(one, other);
                // The numbers in the column are put right; those in the bytes are not.
                (log.rows[one].0, log.rows[other].0) = (one as u64, other as u64);
            })
        });
    check_all(lost.chain(cut).chain(hashes).chain(doubled).chain(swapped));
}

/// A leaf is rewritten with its number and hash in order: the tree above it tells, or a note.
#[test]
fn any_leaf_rewritten_with_its_hash() {
    check_all((0..SIZE as usize).map(|at| {
        // The smallest subtree over it is a pair; the last leaf stands alone behind the newest checkpoint.
        let first = at as u64 & !1;
        case(format!("{at} rewritten"), 2, Some(first), |log| {
            log.rows[at].1 = leaf(at as u64, 999);
            log.rows[at].2 = leaf_hash(&log.rows[at].1);
        })
    }));
}

#[test]
fn head_frontier_and_subtrees() {
    let bits = |seq| Some(seq);
    let mut cases = vec![
        case("root of the head", 2, bits(20), |log| log.head.root.0[0] ^= 1),
        case("head one short", 2, bits(20), |log| log.head.size -= 1),
        case("head one long", 2, bits(SIZE), |log| log.head.size += 1),
        case("frontier gone", 2, bits(20), |log| log.frontier.clear()),
        case("a subtree too many", 2, bits(20), |log| {
            log.nodes.push(Node {
                level: 40,
                index: 0,
                hash: empty_root(),
            });
        }),
    ];
    for place in 0..Log::honest().frontier.len() {
        cases.push(case(format!("byte {place} of the frontier"), 2, bits(20), |log| {
            log.frontier[place] ^= 1
        }));
    }
    for at in 0..Log::honest().nodes.len() {
        let first = |log: &Log| log.nodes[at].index << log.nodes[at].level;
        let seq = first(&Log::honest());
        cases.push(case(format!("subtree {at} altered"), 2, bits(seq), |log| {
            log.nodes[at].hash.0[7] ^= 4
        }));
        cases.push(case(format!("subtree {at} lost"), 2, bits(seq), |log| {
            log.nodes.remove(at);
        }));
    }
    check_all(cases);
}

#[test]
fn notes_altered_or_signed_by_another() {
    let mut cases = vec![
        case("checkpoint of another key", 5, None, |log| {
            log.checkpoints[1] = note(log, 20, 2, "c")
        }),
        case("anchor of another key", 5, None, |log| {
            log.anchors[0] = note(log, ANCHOR, 2, "a")
        }),
        case("a checkpoint lost", 0, None, |log| log.checkpoints.clear()),
        case("checkpoint of a longer log", 3, None, |log| {
            let text = Checkpoint::new(ORIGIN, SIZE + 1, log.head.root)
                .sign_first(&key(1))
                .unwrap()
                .to_text();
            log.checkpoints.push(NamedNote { name: "c".into(), text });
        }),
        case("checkpoint of another root, own key", 3, None, |log| {
            let text = Checkpoint::new(ORIGIN, 20, empty_root())
                .sign_first(&key(1))
                .unwrap()
                .to_text();
            log.checkpoints[1].text = text;
        }),
    ];
    for place in 0..Log::honest().checkpoints[1].text.len() {
        let mut bytes = Log::honest().checkpoints[1].text.clone().into_bytes();
        bytes[place] ^= 1;
        if let Ok(text) = String::from_utf8(bytes) {
            cases.push(case(format!("byte {place} of a checkpoint"), 5, None, |log| {
                log.checkpoints[1].text = text
            }));
        }
    }
    assert!(check_all(cases) > 150);
}

/// Whoever holds the machine and its keys makes a log that agrees with itself: only the copy out of his reach tells.
#[test]
fn the_whole_log_rewritten_with_the_stolen_key() {
    let forged = |object: fn(u64) -> u64, anchors: Vec<NamedNote>| {
        let mut log = Log::telling(object);
        log.anchors = anchors;
        log
    };
    let anchors = Log::honest().anchors;
    for changed in 0..ANCHOR {
        let mut log = Log::built(
            (0..SIZE)
                .map(|seq| leaf(seq, if seq == changed { 999 } else { seq }))
                .collect(),
        );
        assert_eq!(log.check().exit_code(), 0, "without an anchor nobody can tell");
        log.anchors.clone_from(&anchors);
        assert_eq!(log.check().exit_code(), 3, "{changed} forged");
    }
    assert_eq!(
        forged(|seq| if seq >= ANCHOR { 999 } else { seq }, anchors.clone())
            .check()
            .exit_code(),
        0,
        "not anchored yet"
    );
    let mut rolled_back = Log::built((0..ANCHOR - 1).map(|seq| leaf(seq, seq)).collect());
    rolled_back.anchors = anchors;
    assert_eq!(rolled_back.check().exit_code(), 3);
}
