//! Icons of the one sprite, drawn in the colour of the text around them.

use askama::filters::Safe;

/// The icon called so in `assets/icons.svg`; names are constants of templates and `words`.
pub fn icon(name: &str) -> Safe<String> {
    debug_assert!(
        name.bytes().all(|byte| byte.is_ascii_lowercase()),
        "names of icons are plain words"
    );
    let sprite = super::asset::url("icons.svg");
    Safe(format!(
        r#"<svg class="icon" aria-hidden="true"><use href="{sprite}#{name}"/></svg>"#
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_icon_named_in_a_template_is_drawn() {
        let sprite = include_str!("../../assets/icons.svg");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for piece in text.split("icon(\"").skip(1) {
                let name = piece.split('"').next().unwrap();
                assert!(sprite.contains(&format!("id=\"{name}\"")), "{name}");
            }
        }
        for name in ["clock", "check", "checks", "alert", "tick", "cross", "minus"] {
            assert!(sprite.contains(&format!("id=\"{name}\"")), "{name}");
        }
    }
}
