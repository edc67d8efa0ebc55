//! Which things lead to each other in a circle, of things that lead to others.
//!
//! Called for templates that include each other, and for stylesheets and scripts that load each other. Never recursive: a
//! chain may be as long as it likes.

/// The groups of things that lead to each other, most of them of one thing; each group stands behind those that it leads
/// to. `leads[i]` lists where the thing `i` leads.
pub fn groups(leads: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let count = leads.len();
    // Tarjan's algorithm: when a thing was first seen, and the earliest thing that can be reached from it.
    let (mut seen, mut low) = (vec![NEW; count], vec![NEW; count]);
    let mut open = vec![false; count];
    let (mut stack, mut out) = (Vec::new(), Vec::new());
    let mut number = 0;
    for start in 0..count {
        if seen[start] != NEW {
            continue;
        }
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, next)) = way.pop() {
            if next == 0 {
                (seen[at], low[at], open[at]) = (number, number, true);
                number += 1;
                stack.push(at);
            }
            match leads[at].get(next) {
                Some(to) => {
                    way.push((at, next + 1));
                    if seen[*to] == NEW {
                        way.push((*to, 0));
                    } else if open[*to] {
                        low[at] = low[at].min(seen[*to]);
                    }
                }
                None => {
                    if let Some((above, _)) = way.last() {
                        low[*above] = low[*above].min(low[at]);
                    }
                    if low[at] == seen[at]
                        && let Some(begin) = stack.iter().rposition(|thing| *thing == at)
                    {
                        let group = stack.split_off(begin);
                        group.iter().for_each(|thing| open[*thing] = false);
                        out.push(group);
                    }
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn what_leads_to_itself_is_one_group() {
        // 0 -> 1 -> 2 -> 1, 2 -> 3, 4 -> 4.
        let mut found = groups(&[vec![1], vec![2], vec![1, 3], vec![], vec![4]]);
        found.iter_mut().for_each(|group| group.sort_unstable());
        assert_eq!(found, [vec![3], vec![1, 2], vec![0], vec![4]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let mut leads: Vec<Vec<usize>> = (1..100_000).map(|next| vec![next]).collect();
        leads.push(vec![0]);
        assert_eq!(groups(&leads).len(), 1);
        leads.last_mut().unwrap().clear();
        assert_eq!(groups(&leads).len(), 100_000);
    }
}
