//! Proofs over the tree (RFC 6962 section 2.1): a leaf is in it, and a later tree continues an earlier one.
//!
//! Making a proof reads stored complete subtrees through a closure; checking one needs nothing but the hashes.
//! The closure gives `None` for a node it does not have, and the proof fails naming that node.

use crate::Error;
use crate::frontier::NodeId;
use crate::hash::{Hash, node_hash};

/// Root of the first `size` leaves, from stored complete subtrees.
pub fn root_of(size: u64, mut nodes: impl FnMut(NodeId) -> Option<Hash>) -> Result<Hash, Error> {
    if size == 0 {
        return Ok(crate::hash::empty_root());
    }
    range_hash(0, size, &mut nodes)
}

/// Path from the leaf `index` to the root of the first `size` leaves.
pub fn inclusion_proof(
    index: u64,
    size: u64,
    mut nodes: impl FnMut(NodeId) -> Option<Hash>,
) -> Result<Vec<Hash>, Error> {
    if index >= size {
        return Err(Error::OutsideTree { asked: index, size });
    }
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(range_hash(middle, to, &mut nodes)?);
            to = middle;
        } else {
            path.push(range_hash(from, middle, &mut nodes)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// Checks that `leaf` is number `index` of the tree with `size` leaves and this `root`.
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, root: Hash, path: &[Hash]) -> Result<(), Error> {
    if index >= size {
        return Err(Error::OutsideTree { asked: index, size });
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in path {
        if last == 0 {
            return Err(Error::ProofRefused);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == root {
        Ok(())
    } else {
        Err(Error::ProofRefused)
    }
}

/// Proof that the tree of `size` leaves continues the tree of `earlier_size` leaves.
///
/// Empty when the sizes are equal or the earlier tree is empty.
pub fn consistency_proof(
    earlier_size: u64,
    size: u64,
    mut nodes: impl FnMut(NodeId) -> Option<Hash>,
) -> Result<Vec<Hash>, Error> {
    if earlier_size > size {
        return Err(Error::OutsideTree {
            asked: earlier_size,
            size,
        });
    }
    if earlier_size == 0 || earlier_size == size {
        return Ok(Vec::new());
    }
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to != earlier_size {
        let middle = from + split(to - from);
        if earlier_size <= middle {
            path.push(range_hash(middle, to, &mut nodes)?);
            to = middle;
        } else {
            path.push(range_hash(from, middle, &mut nodes)?);
            from = middle;
        }
    }
    if from > 0 {
        path.push(range_hash(from, to, &mut nodes)?);
    }
    path.reverse();
    Ok(path)
}

/// Checks that the tree `(size, root)` continues the tree `(earlier_size, earlier_root)`.
pub fn verify_consistency(
    earlier_size: u64,
    earlier_root: Hash,
    size: u64,
    root: Hash,
    path: &[Hash],
) -> Result<(), Error> {
    let fits = match (earlier_size, path) {
        (0, path) => path.is_empty() && earlier_root == crate::hash::empty_root(),
        (earlier, path) if earlier == size => path.is_empty() && earlier_root == root,
        (earlier, _) if earlier > size => false,
        (earlier, path) => leads_from_to(earlier, earlier_root, size, root, path),
    };
    if fits { Ok(()) } else { Err(Error::ProofRefused) }
}

/// The walk of RFC 9162 section 2.1.4.2 for `0 < earlier_size < size`.
fn leads_from_to(earlier_size: u64, earlier_root: Hash, size: u64, root: Hash, path: &[Hash]) -> bool {
    // A power of two is itself a node of the later tree, so the proof leaves it out.
    let (first, rest) = if earlier_size.is_power_of_two() {
        (earlier_root, path)
    } else {
        match path.split_first() {
            Some((first, rest)) => (*first, rest),
            None => return false,
        }
    };
    let shift = (earlier_size - 1).trailing_ones();
    let mut node = (earlier_size - 1) >> shift;
    let mut last = (size - 1) >> shift;
    let (mut old, mut new) = (first, first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old == earlier_root && new == root
}

/// Largest power of two smaller than `count`, for `count >= 2`.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// Hash over the leaves `from..to`; `from` is a multiple of the largest complete subtree in the range.
fn range_hash(from: u64, to: u64, nodes: &mut impl FnMut(NodeId) -> Option<Hash>) -> Result<Hash, Error> {
    let count = to - from;
    if count.is_power_of_two() {
        let level = count.trailing_zeros();
        let id = NodeId {
            level: level as u8,
            index: from >> level,
        };
        return nodes(id).ok_or(Error::MissingNode {
            level: id.level,
            index: id.index,
        });
    }
    let middle = from + split(count);
    let left = range_hash(from, middle, nodes)?;
    let right = range_hash(middle, to, nodes)?;
    Ok(node_hash(&left, &right))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::frontier::Frontier;
    use crate::hash::{empty_root, leaf_hash};

    /// The definition of RFC 6962, word for word.
    pub(crate) fn naive_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
                node_hash(&naive_root(left), &naive_root(right))
            }
        }
    }

    struct Tree {
        leaves: Vec<Hash>,
        nodes: HashMap<NodeId, Hash>,
    }

    impl Tree {
        fn of(count: u64) -> Self {
            let leaves: Vec<Hash> = (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            let mut frontier = Frontier::new();
            let nodes = leaves.iter().flat_map(|leaf| frontier.append(*leaf));
            let nodes = nodes
                .map(|node| {
                    (
                        NodeId {
                            level: node.level,
                            index: node.index,
                        },
                        node.hash,
                    )
                })
                .collect();
            Self { leaves, nodes }
        }

        fn root(&self, size: u64) -> Hash {
            naive_root(&self.leaves[..size as usize])
        }

        fn node(&self, id: NodeId) -> Option<Hash> {
            self.nodes.get(&id).copied()
        }
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proved_and_no_other() {
        let tree = Tree::of(40);
        for size in 1..=40 {
            assert_eq!(root_of(size, |id| tree.node(id)), Ok(tree.root(size)));
            for index in 0..size {
                let path = inclusion_proof(index, size, |id| tree.node(id)).unwrap();
                let leaf = tree.leaves[index as usize];
                assert_eq!(verify_inclusion(leaf, index, size, tree.root(size), &path), Ok(()));
                let other = leaf_hash(b"another");
                assert_eq!(
                    verify_inclusion(other, index, size, tree.root(size), &path),
                    Err(Error::ProofRefused)
                );
            }
        }
    }

    #[test]
    fn inner_node_is_not_passed_off_as_a_leaf_by_a_short_path() {
        let tree = Tree::of(8);
        let root = tree.root(8);
        assert_eq!(verify_inclusion(root, 0, 8, root, &[]), Err(Error::ProofRefused));
        let path = inclusion_proof(5, 8, |id| tree.node(id)).unwrap();
        let pair = node_hash(&tree.leaves[4], &tree.leaves[5]);
        assert_eq!(verify_inclusion(pair, 5, 8, root, &path[1..]), Err(Error::ProofRefused));
    }

    #[test]
    fn every_pair_of_small_trees_is_proved_consistent() {
        let tree = Tree::of(40);
        for size in 0..=40 {
            for earlier in 0..=size {
                let path = consistency_proof(earlier, size, |id| tree.node(id)).unwrap();
                let verdict = verify_consistency(earlier, tree.root(earlier), size, tree.root(size), &path);
                assert_eq!(verdict, Ok(()), "{earlier} -> {size}");
            }
        }
    }

    #[test]
    fn missing_node_and_wrong_sizes_are_named() {
        let tree = Tree::of(8);
        assert_eq!(
            inclusion_proof(0, 8, |id| if id.level == 2 { None } else { tree.node(id) }),
            Err(Error::MissingNode { level: 2, index: 1 })
        );
        assert_eq!(
            inclusion_proof(8, 8, |id| tree.node(id)),
            Err(Error::OutsideTree { asked: 8, size: 8 })
        );
        assert_eq!(
            consistency_proof(9, 8, |id| tree.node(id)),
            Err(Error::OutsideTree { asked: 9, size: 8 })
        );
        assert_eq!(
            verify_consistency(9, tree.root(8), 8, tree.root(8), &[]),
            Err(Error::ProofRefused)
        );
    }

    proptest! {
        #[test]
        fn altered_proof_is_refused(size in 2u64..200, at in any::<prop::sample::Index>(), bit in 0usize..256) {
            let tree = Tree::of(size);
            let earlier = at.index(size as usize - 1) as u64 + 1;
            let mut path = consistency_proof(earlier, size, |id| tree.node(id)).unwrap();
            let (old, new) = (tree.root(earlier), tree.root(size));
            if !path.is_empty() {
                let place = at.index(path.len());
                path[place].0[bit / 8] ^= 1 << (bit % 8);
                prop_assert_eq!(verify_consistency(earlier, old, size, new, &path), Err(Error::ProofRefused));
                path[place].0[bit / 8] ^= 1 << (bit % 8);
                path.pop();
                prop_assert_eq!(verify_consistency(earlier, old, size, new, &path), Err(Error::ProofRefused));
            }
        }

        #[test]
        fn forked_history_is_refused(size in 2u64..200, at in any::<prop::sample::Index>()) {
            let honest = Tree::of(size);
            let earlier = at.index(size as usize - 1) as u64 + 1;
            let mut forged = honest.leaves.clone();
            forged[at.index(earlier as usize)] = leaf_hash(b"rewritten");
            let forged_root = naive_root(&forged);
            let path = consistency_proof(earlier, size, |id| honest.node(id)).unwrap();
            prop_assert_eq!(
                verify_consistency(earlier, honest.root(earlier), size, forged_root, &path),
                Err(Error::ProofRefused)
            );
        }
    }
}
