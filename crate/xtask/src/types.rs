//! The TypeScript types that the shell is checked against, each file where its module is in `dist`.

use crate::embedded;
use crate::file::{self, FileError};
use crate::project::Project;
use crate::wasm::Module;

/// Writes the types of the core's modules below `generated/`, which the shell's `tsconfig.json` lays over the sources.
pub fn write(project: &Project, modules: &[Module]) -> Result<(), FileError> {
    let folder = project.generated().join("extension/core");
    let shapes = tiers_core::typescript::typescript();
    file::write(&folder.join("types.d.ts"), shapes.as_bytes())?;
    for Module { part, types, .. } in modules {
        let name = part.name();
        file::write(&folder.join(format!("{name}.d.ts")), with_imports(types, &shapes).as_bytes())?;
        if part.is_embedded() {
            file::write(&folder.join(format!("{name}-embedded.d.ts")), embedded::types(name).as_bytes())?;
        }
    }
    Ok(())
}

/// The glue's types, which name shapes of the core, with an import of those that they name.
fn with_imports(glue: &str, shapes: &str) -> String {
    let named: Vec<_> = exported(shapes).filter(|shape| words(glue).any(|word| word == *shape)).collect();
    if named.is_empty() {
        return glue.to_owned();
    }
    format!("import type {{ {} }} from './types.js';\n\n{glue}", named.join(", "))
}

/// The names of the types that a text exports.
fn exported(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let line = line.strip_prefix("export ")?;
        let declaration = line.strip_prefix("type ").or_else(|| line.strip_prefix("interface "))?;
        words(declaration).next()
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: &str = "/** A view. */\nexport type PopupView = { tabId: number };\n\
                          export interface Commit { visits: Visit[] }\nexport type Unused<T> = T;\n";

    #[test]
    fn the_glue_imports_the_shapes_that_it_names() {
        let glue = "export class Core {\n  answer(): PopupView | undefined;\n  commit(): Commit[];\n}\n";
        let typed = with_imports(glue, SHAPES);
        assert_eq!(typed, format!("import type {{ PopupView, Commit }} from './types.js';\n\n{glue}"));
    }

    #[test]
    fn a_shape_whose_name_is_only_part_of_a_word_is_not_imported() {
        let glue = "export function takeCommitNow(): void;\n";
        assert_eq!(with_imports(glue, SHAPES), glue);
    }
}
