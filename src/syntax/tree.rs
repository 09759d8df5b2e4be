//! Scores of possible heads to the best tree: Chu-Liu-Edmonds, with exactly one word under the root.

/// What the root's arcs are lowered by, so that the best tree uses one of them; far above any sum of scores.
const ROOT_COST: f64 = 1e9;

/// The best tree for `scores[word][head]`, row by row: column 0 is the root, column `1 + j` the word `j`.
///
/// Gives the head of each word, `None` for the one under the root. Ties go to the earlier head.
///
/// ```text
/// [2.0, 0.0, 1.0,        first word: the root 2.0, (itself), the second word 1.0
///  5.0, 3.0, 0.0]   ->   [Some(1), None]
/// ```
pub fn heads(scores: &[f32], words: usize) -> Vec<Option<usize>> {
    debug_assert_eq!(scores.len(), words * (words + 1));
    let best: Vec<usize> = (0..words).map(|word| best_head(&scores[word * (words + 1)..][..words + 1], word)).collect();
    if best.iter().filter(|&&head| head == 0).count() == 1 && is_tree(&best) {
        return best.into_iter().map(|head| head.checked_sub(1)).collect();
    }
    Contraction::new(scores, words).solve()
}

fn best_head(row: &[f32], word: usize) -> usize {
    let mut best = 0;
    for (head, &score) in row.iter().enumerate() {
        if head != word + 1 && score > row[best] {
            best = head;
        }
    }
    best
}

/// True when every word reaches the root.
fn is_tree(best: &[usize]) -> bool {
    find_cycle(best.len() + 1, |node| best[node - 1]).is_none()
}

/// A cycle among nodes `1..count`, each of which points to `next(node)`; node 0 ends every path.
fn find_cycle(count: usize, next: impl Fn(usize) -> usize) -> Option<Vec<usize>> {
    // The start whose path came by, 0 for none yet.
    let mut seen = vec![0; count];
    for start in 1..count {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = next(node);
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut member = next(node);
            while member != node {
                cycle.push(member);
                member = next(member);
            }
            return Some(cycle);
        }
    }
    None
}

/// An arc of the sentence: dependent and head as nodes, 0 being the root.
type Arc = (usize, usize);

/// A member of a contracted cycle: the words in it, and the arc by which the cycle enters it.
struct Member {
    words: Vec<usize>,
    arc: Arc,
}

/// The graph while cycles are contracted: `weight[node * size + head]` and the arc of the sentence it stands for.
struct Contraction {
    size: usize,
    weight: Vec<f64>,
    arc: Vec<Arc>,
    /// The words of each node; empty for nodes that were merged into another.
    content: Vec<Vec<usize>>,
    cycles: Vec<Vec<Member>>,
}

impl Contraction {
    fn new(scores: &[f32], words: usize) -> Contraction {
        let size = words + 1;
        let mut weight = vec![f64::NEG_INFINITY; size * size];
        let mut arc = vec![(0, 0); size * size];
        for node in 1..size {
            for head in (0..size).filter(|&head| head != node) {
                let score = f64::from(scores[(node - 1) * size + head]);
                // Scores that are no numbers must not break the tree.
                let score = if score.is_finite() { score } else { -1e6 };
                weight[node * size + head] = if head == 0 { score - ROOT_COST } else { score };
                arc[node * size + head] = (node, head);
            }
        }
        let content = (0..size).map(|node| vec![node]).collect();
        Contraction { size, weight, arc, content, cycles: Vec::new() }
    }

    fn solve(mut self) -> Vec<Option<usize>> {
        let mut best = vec![0; self.size];
        loop {
            for node in self.active() {
                best[node] = self.best(node);
            }
            // Merged nodes are nobody's head; they end their own path.
            let next = |node: usize| if self.content[node].is_empty() { 0 } else { best[node] };
            match find_cycle(self.size, next) {
                Some(cycle) => self.contract(&cycle, &best),
                None => break,
            }
        }
        let mut heads = vec![None; self.size];
        for node in self.active() {
            let (dependent, head) = self.arc[node * self.size + best[node]];
            heads[dependent] = Some(head);
        }
        for cycle in self.cycles.into_iter().rev() {
            // One member is entered from outside; the others keep the cycle's arcs.
            for member in cycle {
                if member.words.iter().all(|&word| heads[word].is_none()) {
                    heads[member.arc.0] = Some(member.arc.1);
                }
            }
        }
        heads.into_iter().skip(1).map(|head| head.and_then(|head| head.checked_sub(1))).collect()
    }

    /// The nodes that are left, but for the root.
    fn active(&self) -> Vec<usize> {
        (1..self.size).filter(|&node| !self.content[node].is_empty()).collect()
    }

    fn best(&self, node: usize) -> usize {
        let row = &self.weight[node * self.size..][..self.size];
        let mut best = 0;
        for head in 1..self.size {
            if head != node && !self.content[head].is_empty() && row[head] > row[best] {
                best = head;
            }
        }
        best
    }

    /// Merges a cycle into its first member.
    fn contract(&mut self, cycle: &[usize], best: &[usize]) {
        let size = self.size;
        let merged = cycle[0];
        let inside: Vec<f64> = cycle.iter().map(|&member| self.weight[member * size + best[member]]).collect();
        let members = cycle
            .iter()
            .map(|&member| Member { words: self.content[member].clone(), arc: self.arc[member * size + best[member]] })
            .collect();
        for outside in 0..size {
            if cycle.contains(&outside) || self.content[outside].is_empty() {
                continue;
            }
            let (mut enter, mut enter_arc) = (f64::NEG_INFINITY, self.arc[merged * size + outside]);
            let (mut leave, mut leave_arc) = (f64::NEG_INFINITY, self.arc[outside * size + merged]);
            for (&member, inside) in cycle.iter().zip(&inside) {
                let gain = self.weight[member * size + outside] - inside;
                if gain > enter {
                    (enter, enter_arc) = (gain, self.arc[member * size + outside]);
                }
                let weight = self.weight[outside * size + member];
                if weight > leave {
                    (leave, leave_arc) = (weight, self.arc[outside * size + member]);
                }
            }
            self.weight[merged * size + outside] = enter;
            self.arc[merged * size + outside] = enter_arc;
            self.weight[outside * size + merged] = leave;
            self.arc[outside * size + merged] = leave_arc;
        }
        for &member in &cycle[1..] {
            let words = std::mem::take(&mut self.content[member]);
            self.content[merged].extend(words);
        }
        self.cycles.push(members);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from a fixed seed, in -8..8.
    fn noise(count: usize, seed: u64) -> Vec<f32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1 << 20) as f32 - 8.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn sum(scores: &[f32], heads: &[Option<usize>]) -> f64 {
        let size = heads.len() + 1;
        let score = |(word, head): (usize, &Option<usize>)| scores[word * size + head.map_or(0, |head| head + 1)];
        heads.iter().enumerate().map(score).map(f64::from).sum()
    }

    fn assert_tree(heads: &[Option<usize>]) {
        assert_eq!(heads.iter().filter(|head| head.is_none()).count(), 1, "one root in {heads:?}");
        let best: Vec<usize> = heads.iter().map(|head| head.map_or(0, |head| head + 1)).collect();
        assert!(is_tree(&best), "no tree: {heads:?}");
    }

    #[test]
    fn random_scores_give_trees() {
        for words in [1, 2, 3, 5, 10, 40, 120] {
            for seed in 0..20 {
                let heads = heads(&noise(words * (words + 1), seed), words);
                assert_eq!(heads.len(), words);
                assert_tree(&heads);
            }
        }
    }

    /// All trees over `words` words, by trying every assignment of heads.
    fn best_by_search(scores: &[f32], words: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for code in 0..(words + 1).pow(words as u32) {
            let digit = |word: usize| code / (words + 1).pow(word as u32) % (words + 1);
            let heads: Vec<usize> = (0..words).map(digit).collect();
            if heads.iter().filter(|&&head| head == 0).count() == 1 && is_tree(&heads) {
                let heads: Vec<Option<usize>> = heads.iter().map(|head| head.checked_sub(1)).collect();
                best = best.max(sum(scores, &heads));
            }
        }
        best
    }

    #[test]
    fn no_tree_is_better() {
        for words in 1..=5 {
            for seed in 0..60 {
                let scores = noise(words * (words + 1), seed);
                let found = sum(&scores, &heads(&scores, words));
                let best = best_by_search(&scores, words);
                assert!((found - best).abs() < 1e-4, "words {words}, seed {seed}: {found} < {best}");
            }
        }
    }

    #[test]
    fn ties_and_broken_numbers_give_trees() {
        for value in [0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            for words in [1, 2, 7, 30] {
                assert_tree(&heads(&vec![value; words * (words + 1)], words));
            }
        }
        assert!(heads(&[], 0).is_empty());
    }
}
