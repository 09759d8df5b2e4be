//! Leiden: nodes in communities, more links within than between, by modularity.
//!
//! Two triangles joined by one link are two communities. Every round moves nodes while that raises the modularity, refines
//! each community into well-connected parts, and goes on with the parts as nodes. Nothing is random: nodes are visited in
//! their order, and of equal moves the one to the lowest number is made.
//! (V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", 2019.)

use std::collections::VecDeque;

use super::network::Lists;

const MOST_ROUNDS: usize = 50;

/// The number of each node's community, by falling size, and the modularity.
pub(super) fn communities(links: &Lists) -> (Vec<u32>, f64) {
    let count = links.len();
    let mut level = Level::new(links);
    // Which node of the level each node of the graph is in, and which community the level's nodes start in.
    let mut place: Vec<u32> = links.numbers().collect();
    let mut start: Vec<u32> = links.numbers().collect();
    for _ in 0..MOST_ROUNDS {
        let moved = level.moved(start.clone());
        let parts = level.refined(&moved);
        let (parts, part_count) = renumbered(&parts);
        let is_done = part_count == level.links.len();
        let whole = renumbered(&moved).0;
        if is_done {
            place.iter_mut().for_each(|node| *node = whole[*node as usize]);
            break;
        }
        start = vec![0; part_count];
        for (node, &part) in parts.iter().enumerate() {
            start[part as usize] = whole[node];
        }
        start = lowest(&start);
        level = level.joined(&parts, part_count);
        place.iter_mut().for_each(|node| *node = parts[*node as usize]);
    }
    let place = renumbered(&place).0;
    let place = by_size(&place, count);
    let modularity = modularity(links, &place);
    (place, modularity)
}

/// The share of links within communities above what chance would give.
pub(super) fn modularity(links: &Lists, place: &[u32]) -> f64 {
    let groups = place.iter().max().map_or(0, |most| *most as usize + 1);
    let (mut inside, mut total, mut weights) = (0.0, 0.0, vec![0.0; groups]);
    for node in links.numbers() {
        for link in links.of(node) {
            total += link.weight;
            weights[place[node as usize] as usize] += link.weight;
            if place[node as usize] == place[link.to as usize] {
                inside += link.weight;
            }
        }
    }
    if total == 0.0 {
        return 0.0;
    }
    inside / total - weights.iter().map(|weight| (weight / total) * (weight / total)).sum::<f64>()
}

/// A graph whose nodes are parts of communities.
struct Level {
    links: Lists,
    /// The weight of all links of each node, those within it included.
    weights: Vec<f64>,
    total: f64,
}

impl Level {
    fn new(links: &Lists) -> Level {
        let weights: Vec<f64> = links.numbers().map(|node| links.weight_of(node)).collect();
        let total = weights.iter().sum();
        Level { links: links.clone(), weights, total }
    }

    /// Moves each node to the neighbouring community that gains most, until no move gains.
    fn moved(&self, mut community: Vec<u32>) -> Vec<u32> {
        let count = self.links.len();
        let mut sums = vec![0.0; count];
        let mut sizes = vec![0u32; count];
        for (node, &own) in community.iter().enumerate() {
            sums[own as usize] += self.weights[node];
            sizes[own as usize] += 1;
        }
        let mut free: Vec<u32> = (0..count as u32).rev().filter(|&number| sizes[number as usize] == 0).collect();
        let mut near = Near::new(count);
        let mut queue: VecDeque<u32> = (0..count as u32).collect();
        let mut is_waiting = vec![true; count];
        // Rounding could make two moves undo each other for ever.
        let mut moves_left = 100 * count;
        while let Some(node) = queue.pop_front() {
            is_waiting[node as usize] = false;
            let own = community[node as usize];
            let weight = self.weights[node as usize];
            near.collect(
                self.links
                    .of(node)
                    .iter()
                    .filter(|link| link.to != node)
                    .map(|link| (community[link.to as usize], link.weight)),
            );
            sums[own as usize] -= weight;
            sizes[own as usize] -= 1;
            let gain = |group: u32, inside: f64| inside - weight * sums[group as usize] / self.total;
            let (mut best, mut most) = (own, gain(own, near.weight(own)));
            for &group in &near.groups {
                let gained = gain(group, near.weight(group));
                if gained > most + 1e-12 || (gained > most - 1e-12 && group < best && best != own) {
                    (best, most) = (group, gained);
                }
            }
            if most < -1e-12
                && let Some(empty) = free.pop()
            {
                best = empty;
            }
            sums[best as usize] += weight;
            sizes[best as usize] += 1;
            if best == own || moves_left == 0 {
                if best != own {
                    sums[best as usize] -= weight;
                    sizes[best as usize] -= 1;
                    sums[own as usize] += weight;
                    sizes[own as usize] += 1;
                }
                continue;
            }
            moves_left -= 1;
            if sizes[own as usize] == 0 {
                free.push(own);
            }
            community[node as usize] = best;
            for link in self.links.of(node) {
                if community[link.to as usize] != best && !is_waiting[link.to as usize] {
                    is_waiting[link.to as usize] = true;
                    queue.push_back(link.to);
                }
            }
        }
        community
    }

    /// Splits communities into parts: single nodes, merged only within their community and only where it gains.
    fn refined(&self, community: &[u32]) -> Vec<u32> {
        let count = self.links.len();
        let mut part: Vec<u32> = (0..count as u32).collect();
        let mut sums = self.weights.clone();
        let mut is_single = vec![true; count];
        let mut whole = vec![0.0; count];
        for (node, &own) in community.iter().enumerate() {
            whole[own as usize] += self.weights[node];
        }
        // The weight of the links from a part to the rest of its community.
        let mut outward: Vec<f64> = (0..count as u32)
            .map(|node| {
                let inside = self
                    .links
                    .of(node)
                    .iter()
                    .filter(|link| link.to != node && community[link.to as usize] == community[node as usize]);
                inside.map(|link| link.weight).sum()
            })
            .collect();
        let is_well_connected =
            |outward: f64, sum: f64, whole: f64| outward >= sum * (whole - sum) / self.total - 1e-12;
        let mut near = Near::new(count);
        for node in 0..count as u32 {
            let own = node as usize;
            let around = whole[community[own] as usize];
            if !is_single[own] || !is_well_connected(outward[own], self.weights[own], around) {
                continue;
            }
            let inside = self
                .links
                .of(node)
                .iter()
                .filter(|link| link.to != node && community[link.to as usize] == community[own]);
            near.collect(inside.map(|link| (part[link.to as usize], link.weight)));
            let mut best: Option<(u32, f64)> = None;
            for &group in &near.groups {
                let gained = near.weight(group) - self.weights[own] * sums[group as usize] / self.total;
                let is_open = is_well_connected(outward[group as usize], sums[group as usize], around);
                if is_open && gained > best.map_or(1e-12, |(_, most)| most) {
                    best = Some((group, gained));
                }
            }
            let Some((best, _)) = best else { continue };
            sums[own] -= self.weights[own];
            sums[best as usize] += self.weights[own];
            outward[best as usize] += outward[own] - 2.0 * near.weight(best);
            part[own] = best;
            is_single[best as usize] = false;
            is_single[own] = false;
        }
        part
    }

    /// The graph of the parts.
    fn joined(&self, parts: &[u32], count: usize) -> Level {
        let mut links = Vec::with_capacity(self.links.size());
        for node in self.links.numbers() {
            let from = parts[node as usize];
            links.extend(self.links.of(node).iter().map(|link| (from, parts[link.to as usize], link.weight)));
        }
        let mut weights = vec![0.0; count];
        for (node, &part) in parts.iter().enumerate() {
            weights[part as usize] += self.weights[node];
        }
        Level { links: Lists::new(count, links), weights, total: self.total }
    }
}

/// The weight of a node's links to each community around it.
struct Near {
    weights: Vec<f64>,
    groups: Vec<u32>,
}

impl Near {
    fn new(count: usize) -> Near {
        Near { weights: vec![0.0; count], groups: Vec::new() }
    }

    fn collect(&mut self, links: impl Iterator<Item = (u32, f64)>) {
        for group in self.groups.drain(..) {
            self.weights[group as usize] = 0.0;
        }
        for (group, weight) in links {
            if self.weights[group as usize] == 0.0 {
                self.groups.push(group);
            }
            self.weights[group as usize] += weight;
        }
        self.groups.sort_unstable();
    }

    fn weight(&self, group: u32) -> f64 {
        self.weights[group as usize]
    }
}

/// Numbers without gaps, in the order of their first use.
fn renumbered(numbers: &[u32]) -> (Vec<u32>, usize) {
    let most = numbers.iter().max().map_or(0, |most| *most as usize + 1);
    let mut names = vec![u32::MAX; most];
    let mut next = 0;
    let renamed = numbers.iter().map(|&number| {
        if names[number as usize] == u32::MAX {
            names[number as usize] = next;
            next += 1;
        }
        names[number as usize]
    });
    (renamed.collect(), next as usize)
}

/// Communities named by the lowest of their nodes, so that each name is a node's number.
fn lowest(groups: &[u32]) -> Vec<u32> {
    let mut first = vec![u32::MAX; groups.len()];
    groups
        .iter()
        .enumerate()
        .map(|(node, &group)| {
            let first = &mut first[group as usize];
            *first = (*first).min(node as u32);
            *first
        })
        .collect()
}

/// The largest community is number 0; of equals the one with the first node.
fn by_size(place: &[u32], count: usize) -> Vec<u32> {
    let mut sizes = vec![0u32; count];
    place.iter().for_each(|&group| sizes[group as usize] += 1);
    let mut order: Vec<u32> = (0..count as u32).filter(|&group| sizes[group as usize] > 0).collect();
    order.sort_by_key(|&group| std::cmp::Reverse(sizes[group as usize]));
    let mut names = vec![0; count];
    for (name, &group) in order.iter().enumerate() {
        names[group as usize] = name as u32;
    }
    place.iter().map(|&group| names[group as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(count: usize, pairs: impl Iterator<Item = (u32, u32)>) -> Lists {
        Lists::new(count, pairs.flat_map(|(a, b)| [(a, b, 1.0), (b, a, 1.0)]).collect())
    }

    #[test]
    fn two_triangles_are_two_communities() {
        let links = lists(7, [(0, 2), (0, 4), (2, 4), (1, 3), (1, 5), (3, 5), (4, 1)].into_iter());
        let (place, modularity) = communities(&links);
        assert_eq!(place, [0, 1, 0, 1, 0, 1, 2]);
        // nx.community.modularity(G, [{0, 2, 4}, {1, 3, 5}, {6}]) = 0.35714285714285715
        assert!((modularity - 0.357_142_857).abs() < 1e-9, "{modularity}");
        assert!(communities(&lists(0, std::iter::empty())).0.is_empty());
        assert_eq!(communities(&lists(2, std::iter::empty())).0, [0, 1]);
    }

    /// Zachary's karate club (1977), of which the best division known has the modularity 0.4198.
    #[test]
    fn the_karate_club_falls_into_four() {
        let (place, modularity) = communities(&lists(34, KARATE.iter().copied()));
        assert_eq!(place.iter().max(), Some(&3));
        assert!(modularity > 0.4155, "{modularity}");
    }

    /// Groups planted in a random graph come out again.
    #[test]
    fn planted_groups_are_found() {
        let (groups, size) = (20u64, 50u64);
        let mut state = 88_172_645_463_325_252u64;
        let mut below = |limit: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % limit) as u32
        };
        let pairs: Vec<(u32, u32)> = (0..groups * size * 6)
            .map(|_| {
                let one = below(groups * size);
                let group = one / size as u32 * size as u32;
                let other = if below(5) > 0 { group + below(size) } else { below(groups * size) };
                (one, other)
            })
            .filter(|(one, other)| one != other)
            .collect();
        let links = lists((groups * size) as usize, pairs.iter().copied());
        let planted: Vec<u32> = (0..(groups * size) as u32).map(|node| node / size as u32).collect();
        let (place, found) = communities(&links);
        assert!(found >= modularity(&links, &planted) - 0.005, "{found}");
        assert_eq!(place.iter().max(), Some(&(groups as u32 - 1)));
    }

    const KARATE: [(u32, u32); 78] = [
        (0, 1),
        (0, 2),
        (0, 3),
        (0, 4),
        (0, 5),
        (0, 6),
        (0, 7),
        (0, 8),
        (0, 10),
        (0, 11),
        (0, 12),
        (0, 13),
        (0, 17),
        (0, 19),
        (0, 21),
        (0, 31),
        (1, 2),
        (1, 3),
        (1, 7),
        (1, 13),
        (1, 17),
        (1, 19),
        (1, 21),
        (1, 30),
        (2, 3),
        (2, 7),
        (2, 8),
        (2, 9),
        (2, 13),
        (2, 27),
        (2, 28),
        (2, 32),
        (3, 7),
        (3, 12),
        (3, 13),
        (4, 6),
        (4, 10),
        (5, 6),
        (5, 10),
        (5, 16),
        (6, 16),
        (8, 30),
        (8, 32),
        (8, 33),
        (9, 33),
        (13, 33),
        (14, 32),
        (14, 33),
        (15, 32),
        (15, 33),
        (18, 32),
        (18, 33),
        (19, 33),
        (20, 32),
        (20, 33),
        (22, 32),
        (22, 33),
        (23, 25),
        (23, 27),
        (23, 29),
        (23, 32),
        (23, 33),
        (24, 25),
        (24, 27),
        (24, 31),
        (25, 31),
        (26, 29),
        (26, 33),
        (27, 33),
        (28, 31),
        (28, 33),
        (29, 32),
        (29, 33),
        (30, 32),
        (30, 33),
        (31, 32),
        (31, 33),
        (32, 33),
    ];
}
