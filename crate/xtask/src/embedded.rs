//! `…-embedded.js`: a wasm as text inside a module, there in the first turn of a background that wakes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What the shell's type check knows of the module.
pub fn types(name: &str) -> String {
    format!(
        "// Written by `cargo xtask build`: the type of {name}-embedded.js.\n\
         /** {name}_bg.wasm in standard base64 with padding. */\n\
         export const wasmBase64: string;\n"
    )
}

/// The module that holds `wasm`.
pub fn module(name: &str, wasm: &[u8]) -> String {
    let text = STANDARD.encode(wasm);
    format!(
        "// Written by `cargo xtask build`: {name}_bg.wasm, beside this file, as base64. A test proves them equal.\n\
         export const wasmBase64 = \"{text}\";\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_says_what_it_is_and_holds_the_bytes() {
        let wasm = b"\0asm\x01\0\0\0\xff";
        let module = module("counter", wasm);
        let mut lines = module.lines();
        assert!(lines.next().unwrap().contains("A test proves them equal"));
        let code = lines.next().unwrap();
        let text = code.strip_prefix("export const wasmBase64 = \"").unwrap().strip_suffix("\";").unwrap();
        assert_eq!(STANDARD.decode(text).unwrap(), wasm);
        assert_eq!(lines.next(), None);
    }
}
