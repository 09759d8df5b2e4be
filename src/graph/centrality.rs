//! Centrality: how much each node matters, as one number a node.
//!
//! The definitions are networkx's, so that numbers can be compared; the tests hold what it works out for small graphs.

use std::collections::VecDeque;

use super::network::Lists;

/// Steps of the power iterations, and when they stop.
const MOST_ROUNDS: usize = 500;
const TOLERANCE: f64 = 1e-10;

/// The share of the other nodes that each is linked to.
pub(super) fn degree(links: &Lists) -> Vec<f64> {
    let others = links.len().saturating_sub(1).max(1) as f64;
    links.numbers().map(|node| links.of(node).len() as f64 / others).collect()
}

/// The share of the shortest ways between other nodes that pass each one, and whether it is exact.
///
/// Brandes' algorithm costs nodes times links. Where that is more than `budget`, it starts from as many nodes as fit, spread
/// evenly, and scales up. (U. Brandes, "A Faster Algorithm for Betweenness Centrality", 2001.)
pub(super) fn betweenness(links: &Lists, budget: usize) -> (Vec<f64>, bool) {
    let count = links.len();
    let mut scores = vec![0.0; count];
    if count < 3 {
        return (scores, true);
    }
    let starts = (budget / (count + links.size()).max(1)).clamp(1, count);
    let mut distances = vec![u32::MAX; count];
    let mut ways = vec![0.0f64; count];
    let mut shares = vec![0.0f64; count];
    let mut order: Vec<u32> = Vec::with_capacity(count);
    for start in (0..starts).map(|number| (number * count / starts) as u32) {
        distances.fill(u32::MAX);
        ways.fill(0.0);
        shares.fill(0.0);
        order.clear();
        distances[start as usize] = 0;
        ways[start as usize] = 1.0;
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            order.push(node);
            let next = distances[node as usize] + 1;
            for link in links.of(node) {
                let to = link.to as usize;
                if distances[to] == u32::MAX {
                    distances[to] = next;
                    queue.push_back(link.to);
                }
                if distances[to] == next {
                    ways[to] += ways[node as usize];
                }
            }
        }
        for &node in order.iter().rev() {
            let far = distances[node as usize];
            let passed = (1.0 + shares[node as usize]) / ways[node as usize];
            for link in links.of(node).iter().filter(|link| distances[link.to as usize] + 1 == far) {
                shares[link.to as usize] += ways[link.to as usize] * passed;
            }
            if node != start {
                scores[node as usize] += shares[node as usize];
            }
        }
    }
    let pairs = (count - 1) as f64 * (count - 2) as f64;
    let scale = count as f64 / starts as f64 / pairs;
    scores.iter_mut().for_each(|score| *score *= scale);
    (scores, starts == count)
}

/// Where somebody is who follows arrows at random and starts anew with a chance of 15 in 100.
pub(super) fn pagerank(arrows: &Lists) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    let count = arrows.len() as f64;
    let out: Vec<f64> = arrows.numbers().map(|node| arrows.weight_of(node)).collect();
    let mut ranks = vec![1.0 / count; arrows.len()];
    for _ in 0..MOST_ROUNDS {
        let stuck: f64 = ranks.iter().zip(&out).filter(|(_, out)| **out == 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * stuck) / count; arrows.len()];
        for node in arrows.numbers().filter(|&node| out[node as usize] > 0.0) {
            let share = DAMPING * ranks[node as usize] / out[node as usize];
            for link in arrows.of(node) {
                next[link.to as usize] += share * link.weight;
            }
        }
        let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        ranks = next;
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}

/// All chains of arrows that end at a node, the longer the less, with unit length of the whole.
///
/// The attenuation is 1 / (1 + the most arrows that leave or reach a node), which keeps the sum finite in any graph; it is
/// given back with the scores. (L. Katz, "A New Status Index Derived from Sociometric Analysis", 1953.)
pub(super) fn katz(arrows: &Lists) -> (Vec<f64>, f64) {
    let mut into = vec![0.0; arrows.len()];
    for link in arrows.numbers().flat_map(|node| arrows.of(node)) {
        into[link.to as usize] += link.weight;
    }
    let most_in = into.into_iter().fold(0.0, f64::max);
    let most_out = arrows.numbers().map(|node| arrows.weight_of(node)).fold(0.0, f64::max);
    // The largest eigenvalue is at most the least of the two.
    let attenuation = 1.0 / (1.0 + f64::min(most_in, most_out));
    let mut scores = vec![1.0; arrows.len()];
    for _ in 0..MOST_ROUNDS {
        let mut next = vec![1.0; arrows.len()];
        for node in arrows.numbers() {
            for link in arrows.of(node) {
                next[link.to as usize] += attenuation * scores[node as usize] * link.weight;
            }
        }
        let change: f64 = scores.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        scores = next;
        if change < TOLERANCE * arrows.len() as f64 {
            break;
        }
    }
    let length = scores.iter().map(|score| score * score).sum::<f64>().sqrt();
    scores.iter_mut().for_each(|score| *score /= length);
    (scores, attenuation)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seven nodes, nine arrows, one of weight 3, one isolated node.
    const ARROWS: [(u32, u32, f64); 9] = [
        (0, 1, 1.0),
        (1, 2, 3.0),
        (2, 0, 1.0),
        (2, 3, 1.0),
        (3, 4, 1.0),
        (4, 5, 2.0),
        (5, 3, 1.0),
        (0, 4, 1.0),
        (1, 0, 1.0),
    ];

    fn arrows() -> Lists {
        Lists::new(7, ARROWS.to_vec())
    }

    fn links() -> Lists {
        Lists::new(7, ARROWS.iter().flat_map(|&(from, to, weight)| [(from, to, weight), (to, from, weight)]).collect())
    }

    fn check(found: &[f64], networkx: [f64; 7]) {
        for (node, (found, expected)) in found.iter().zip(networkx).enumerate() {
            assert!((found - expected).abs() < 1e-6, "node {node}: {found}, networkx says {expected}");
        }
    }

    // The numbers below are networkx 3.6.1's, of `G = nx.DiGraph()` with the arrows above and the node 6, and of
    // `U = G.to_undirected()`.

    #[test]
    fn degree_is_networkx_degree_centrality() {
        check(&degree(&links()), DEGREE);
    }

    #[test]
    fn betweenness_is_networkx_betweenness_centrality() {
        let (scores, is_exact) = betweenness(&links(), usize::MAX);
        check(&scores, BETWEENNESS);
        assert!(is_exact);
        assert!(!betweenness(&links(), 1).1);
    }

    #[test]
    fn pagerank_is_networkx_pagerank() {
        check(&pagerank(&arrows()), PAGERANK);
    }

    #[test]
    fn katz_is_networkx_katz_centrality() {
        let (scores, attenuation) = katz(&arrows());
        assert_eq!(attenuation, 0.25);
        check(&scores, KATZ);
    }

    #[test]
    fn an_empty_graph_has_no_scores() {
        let none = Lists::new(0, Vec::new());
        assert!(degree(&none).is_empty() && pagerank(&none).is_empty() && katz(&none).0.is_empty());
        assert!(betweenness(&none, 9).0.is_empty());
    }

    /// `nx.degree_centrality(U)`
    const DEGREE: [f64; 7] = [0.5000000, 0.3333333, 0.5000000, 0.5000000, 0.5000000, 0.3333333, 0.0000000];
    /// `nx.betweenness_centrality(U)`
    const BETWEENNESS: [f64; 7] = [0.1333333, 0.0000000, 0.1333333, 0.1333333, 0.1333333, 0.0000000, 0.0000000];
    /// `nx.pagerank(G, tol=1e-12, max_iter=9999)`
    const PAGERANK: [f64; 7] = [0.0585840, 0.0492884, 0.0558116, 0.2706907, 0.2793755, 0.2618595, 0.0243902];
    /// `nx.katz_centrality(G, alpha=0.25, weight='weight', tol=1e-12, max_iter=10000)`
    const KATZ: [f64; 7] = [0.3936464, 0.3061694, 0.4373849, 0.4204538, 0.4112829, 0.4133993, 0.2077578];
}
