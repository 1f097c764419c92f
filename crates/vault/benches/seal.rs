//! What sealing costs: `cargo bench -p shirma-vault`.

use shirma_vault::*;

const NOTE: Cell = Cell {
    table: "note",
    column: "text",
    row: 1,
    subject: 412,
    version: 1,
};

fn main() {
    divan::main();
}

fn ring() -> Keyring {
    let root = RootKey::generate(&SystemEntropy).expect("the system gives random bytes");
    Keyring::create(&root, "bench", &SystemEntropy)
        .expect("the system gives random bytes")
        .0
}

#[divan::bench]
fn seal_and_open_200_bytes(bencher: divan::Bencher<'_, '_>) {
    let (_, key) = ring()
        .new_subject_key(412, Section::General, &SystemEntropy)
        .expect("a key is made");
    let plain = [b'x'; 200];
    bencher.bench_local(|| {
        let sealed = key.seal(&NOTE, &plain, &SystemEntropy).expect("the value is short");
        key.open(&NOTE, &sealed).expect("the value was just sealed")
    });
}

#[divan::bench]
fn make_and_open_a_subject_key(bencher: divan::Bencher<'_, '_>) {
    let ring = ring();
    bencher.bench_local(|| {
        let (wrapped, _) = ring
            .new_subject_key(412, Section::General, &SystemEntropy)
            .expect("a key is made");
        ring.open_subject_key(412, Section::General, &wrapped)
            .expect("the key was just made")
    });
}

#[divan::bench]
fn blind_index_of_a_phone(bencher: divan::Bencher<'_, '_>) {
    let ring = ring();
    bencher.bench_local(|| ring.blind(BlindColumn::Phone, divan::black_box("79000000011")));
}

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench measures this machine and tells it"
)]
#[divan::bench(sample_count = 10, sample_size = 1)]
fn verify_a_password(bencher: divan::Bencher<'_, '_>) {
    let began = std::time::Instant::now();
    let now_ms = || i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
    let cost = PasswordCost::calibrated(now_ms).expect("a hash has its memory");
    println!("calibrated: {} KiB, {} passes", cost.memory_kib(), cost.passes());
    let password = SecretString::new("тихий синий чайник");
    let stored = hash_password(&password, cost, &SystemEntropy).expect("the password is good");
    bencher.bench_local(|| verify_password(Some(&stored), &password, cost));
}
