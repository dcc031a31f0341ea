//! The one manifest, and what each browser is given of it.

use serde_json::Value;

use crate::browser::Browser;
use crate::project::Project;

/// A manifest that cannot be built from.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It is no JSON.
    #[error("manifest.json is not valid JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// It and the workspace disagree.
    #[error(
        "manifest.json says version {manifest}, Cargo.toml's [workspace.package] says {workspace}: give both the \
         same version"
    )]
    OtherVersion {
        /// The manifest's.
        manifest: String,
        /// The workspace's.
        workspace: &'static str,
    },
    /// A field that the build reads is not there.
    #[error("manifest.json has no usable \"{field}\": {why}")]
    Missing {
        /// Where it belongs.
        field: &'static str,
        /// What it is for.
        why: &'static str,
    },
}

/// The one manifest that both browsers' are made of.
#[derive(Debug, Clone)]
pub struct Manifest(Value);

impl Manifest {
    /// The manifest in that text, which must be of the workspace's version.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Value = serde_json::from_str(text)?;
        let version = manifest.get("version").and_then(Value::as_str).unwrap_or("nothing");
        if version == Project::VERSION {
            Ok(Self(manifest))
        } else {
            Err(ManifestError::OtherVersion { manifest: version.to_owned(), workspace: Project::VERSION })
        }
    }

    /// What `browser` is given: the same manifest without the fields that are only the other's, which it would
    /// otherwise warn of or refuse. Fields that this function does not know go to both.
    pub fn of(&self, browser: Browser) -> Value {
        let mut manifest = self.0.clone();
        match browser {
            Browser::Chromium => {
                remove(&mut manifest, "background", "scripts");
                drop_field(&mut manifest, "browser_specific_settings");
            }
            Browser::Firefox => {
                remove(&mut manifest, "background", "service_worker");
                drop_field(&mut manifest, "minimum_chrome_version");
                // Firefox knows "spanning" and "not_allowed" only; without the field it spans.
                if manifest.get("incognito").and_then(Value::as_str) == Some("split") {
                    drop_field(&mut manifest, "incognito");
                }
            }
        }
        manifest
    }

    /// The text of `browser`'s manifest.
    pub fn text(&self, browser: Browser) -> Result<String, ManifestError> {
        let mut text = serde_json::to_string_pretty(&self.of(browser))?;
        text.push('\n');
        Ok(text)
    }

    /// The oldest version of `browser` that may load the extension.
    pub fn minimum(&self, browser: Browser) -> Result<u32, ManifestError> {
        let (field, pointer) = match browser {
            Browser::Chromium => ("minimum_chrome_version", "/minimum_chrome_version"),
            Browser::Firefox => (
                "browser_specific_settings.gecko.strict_min_version",
                "/browser_specific_settings/gecko/strict_min_version",
            ),
        };
        let why = "the oldest version that names the document of each request";
        self.0
            .pointer(pointer)
            .and_then(Value::as_str)
            .and_then(|version| version.split('.').next()?.parse().ok())
            .ok_or(ManifestError::Missing { field, why })
    }
}

fn drop_field(manifest: &mut Value, field: &str) {
    if let Some(fields) = manifest.as_object_mut() {
        fields.remove(field);
    }
}

fn remove(manifest: &mut Value, group: &str, field: &str) {
    if let Some(group) = manifest.get_mut(group) {
        drop_field(group, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn manifest() -> Manifest {
        Manifest(json!({
            "manifest_version": 3,
            "version": Project::VERSION,
            "background": {"service_worker": "a.js", "scripts": ["a.js"], "type": "module"},
            "incognito": "split",
            "minimum_chrome_version": "106",
            "browser_specific_settings": {"gecko": {"id": "x@y", "strict_min_version": "153.0"}},
            "a_field_of_the_future": {"deep": [1, 2]},
        }))
    }

    #[test]
    fn chromium_gets_a_service_worker_and_nothing_of_firefox() {
        let expected = json!({
            "manifest_version": 3,
            "version": Project::VERSION,
            "background": {"service_worker": "a.js", "type": "module"},
            "incognito": "split",
            "minimum_chrome_version": "106",
            "a_field_of_the_future": {"deep": [1, 2]},
        });
        assert_eq!(manifest().of(Browser::Chromium), expected);
    }

    #[test]
    fn firefox_gets_scripts_and_nothing_of_chromium() {
        let expected = json!({
            "manifest_version": 3,
            "version": Project::VERSION,
            "background": {"scripts": ["a.js"], "type": "module"},
            "browser_specific_settings": {"gecko": {"id": "x@y", "strict_min_version": "153.0"}},
            "a_field_of_the_future": {"deep": [1, 2]},
        });
        assert_eq!(manifest().of(Browser::Firefox), expected);
    }

    #[test]
    fn an_incognito_that_firefox_knows_stays() {
        let mut manifest = manifest();
        manifest.0["incognito"] = json!("not_allowed");
        assert_eq!(manifest.of(Browser::Firefox)["incognito"], "not_allowed");
    }

    #[test]
    fn a_manifest_without_the_other_browsers_fields_is_left_as_it_is() {
        let manifest = Manifest(json!({"version": Project::VERSION, "background": null}));
        for browser in Browser::ALL {
            assert_eq!(manifest.of(browser), manifest.0);
        }
    }

    #[test]
    fn the_oldest_browsers_are_read_from_the_manifest() {
        assert_eq!(manifest().minimum(Browser::Chromium).unwrap(), 106);
        assert_eq!(manifest().minimum(Browser::Firefox).unwrap(), 153);
        assert!(Manifest(json!({})).minimum(Browser::Firefox).is_err());
    }

    #[test]
    fn another_version_than_the_workspaces_is_refused_with_both() {
        let error = Manifest::parse(r#"{"version": "99.0.1"}"#).unwrap_err().to_string();
        assert!(error.contains("99.0.1") && error.contains(Project::VERSION), "{error}");
    }
}
