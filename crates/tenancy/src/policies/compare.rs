//! What changed between two texts: line by line, and within a line word by word.

use similar::{ChangeTag, DiffOp, TextDiff};

/// Lines that share less than one in so many letters are two lines, not one that was changed.
const LEAST_SHARED: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Same,
    Added,
    Removed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub kind: PartKind,
    pub text: String,
}

/// A paragraph, a heading or an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(pub Vec<Part>);

impl Line {
    fn whole(kind: PartKind, text: &str) -> Option<Self> {
        let text = text.trim_end();
        (!text.is_empty()).then(|| Self(vec![Part { kind, text: text.to_owned() }]))
    }

    pub fn is_changed(&self) -> bool {
        self.0.iter().any(|part| part.kind != PartKind::Same)
    }
}

/// Empty lines are left out.
pub fn compare(old: &str, new: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for op in diff.ops() {
        let olds = diff.old_slices().iter().skip(op.old_range().start).take(op.old_range().len());
        let news = diff.new_slices().iter().skip(op.new_range().start).take(op.new_range().len());
        match op {
            DiffOp::Equal { .. } => lines.extend(news.filter_map(|text| Line::whole(PartKind::Same, text))),
            DiffOp::Delete { .. } => {
                lines.extend(olds.filter_map(|text| Line::whole(PartKind::Removed, text)));
            }
            DiffOp::Insert { .. } => lines.extend(news.filter_map(|text| Line::whole(PartKind::Added, text))),
            DiffOp::Replace { .. } => {
                let mut olds = olds.filter(|text| !text.trim().is_empty());
                let mut news = news.filter(|text| !text.trim().is_empty());
                loop {
                    match (olds.next(), news.next()) {
                        (Some(old), Some(new)) => lines.extend(within(old, new)),
                        (Some(old), None) => lines.extend(Line::whole(PartKind::Removed, old)),
                        (None, Some(new)) => lines.extend(Line::whole(PartKind::Added, new)),
                        (None, None) => break,
                    }
                }
            }
        }
    }
    lines
}

fn within(old: &str, new: &str) -> Vec<Line> {
    let diff = TextDiff::from_words(old.trim_end(), new.trim_end());
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let shared: usize = diff
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Equal)
        .map(|change| letters(change.value()))
        .sum();
    // Of the shorter one, so that a line that grew is still the same.
    if shared * LEAST_SHARED < letters(old).min(letters(new)) {
        return [Line::whole(PartKind::Removed, old), Line::whole(PartKind::Added, new)]
            .into_iter()
            .flatten()
            .collect();
    }
    let mut line = Words::default();
    for change in diff.iter_all_changes() {
        line.push(change.tag(), change.value());
    }
    vec![line.end()]
}

/// Gathers words: what changed side by side is one change, with the spaces in it.
#[derive(Default)]
struct Words {
    parts: Vec<Part>,
    removed: String,
    added: String,
    /// Space after a change, which belongs to it only if another follows.
    gap: String,
}

impl Words {
    fn push(&mut self, tag: ChangeTag, word: &str) {
        let within = !(self.removed.is_empty() && self.added.is_empty());
        match tag {
            ChangeTag::Equal if within && word.trim().is_empty() => self.gap.push_str(word),
            ChangeTag::Equal => {
                self.flush();
                self.same(word);
            }
            ChangeTag::Delete | ChangeTag::Insert => {
                let gap = std::mem::take(&mut self.gap);
                self.removed.push_str(&gap);
                self.added.push_str(&gap);
                if tag == ChangeTag::Delete { &mut self.removed } else { &mut self.added }.push_str(word);
            }
        }
    }

    fn same(&mut self, text: &str) {
        match self.parts.last_mut().filter(|last| last.kind == PartKind::Same) {
            Some(last) => last.text.push_str(text),
            None if text.is_empty() => {}
            None => self.parts.push(Part { kind: PartKind::Same, text: text.to_owned() }),
        }
    }

    fn flush(&mut self) {
        for (kind, text) in [(PartKind::Removed, &mut self.removed), (PartKind::Added, &mut self.added)] {
            if !text.is_empty() {
                self.parts.push(Part { kind, text: std::mem::take(text) });
            }
        }
        let gap = std::mem::take(&mut self.gap);
        self.same(&gap);
    }

    fn end(mut self) -> Line {
        self.flush();
        Line(self.parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let part = |part: &Part| match part.kind {
            PartKind::Same => part.text.clone(),
            PartKind::Added => format!("+{}+", part.text),
            PartKind::Removed => format!("-{}-", part.text),
        };
        compare(old, new).iter().map(|line| line.0.iter().map(part).collect()).collect()
    }

    #[test]
    fn a_word_that_changed_is_shown_in_its_line() {
        let old = "Be kind.\n\nAnswer within two weeks, please.\n";
        let new = "Be kind.\n\nAnswer within four weeks, please.\n\nAnd listen.\n";
        assert_eq!(
            shown(old, new),
            ["Be kind.", "Answer within -two-+four+ weeks, please.", "+And listen.+"]
        );
    }

    #[test]
    fn words_that_changed_side_by_side_are_one_change() {
        let old = "These rules hold for what National Water Authority posts.";
        let new = "These rules hold for what Water & Dikes posts.";
        let shown = shown(old, new);
        assert_eq!(shown.len(), 1);
        assert!(shown[0].starts_with("These rules hold for what -National") && shown[0].ends_with(" posts."));
        let rebuilt = |skip: PartKind| -> String {
            let line = &compare(old, new)[0];
            line.0.iter().filter(|part| part.kind != skip).map(|part| part.text.as_str()).collect()
        };
        assert_eq!((rebuilt(PartKind::Added).as_str(), rebuilt(PartKind::Removed).as_str()), (old, new));
    }

    #[test]
    fn another_line_is_another_line() {
        assert_eq!(
            shown("Cats sleep all day.\n", "The law applies here\n"),
            ["-Cats sleep all day.-", "+The law applies here+"]
        );
        assert_eq!(shown("a\n", "a\n"), ["a"]);
        assert_eq!(shown("", "a\n"), ["+a+"]);
    }
}
