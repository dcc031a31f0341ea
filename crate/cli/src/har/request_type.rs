//! The type of a recorded request, by webRequest's names.

/// What a HAR file says of a request's type, from the surest to the least sure; all in lower case.
#[derive(Debug)]
pub struct TypeSigns<'a> {
    /// The URL is a WebSocket's, or the request asks for one.
    pub is_websocket: bool,
    /// The recorder's own word (Chrome's `_resourceType`).
    pub resource_type: &'a str,
    /// `Sec-Fetch-Dest`.
    pub destination: &'a str,
    /// `X-Requested-With`, which only scripts send.
    pub requested_with: &'a str,
    /// `Accept`.
    pub accept: &'a str,
    /// The type of the answer.
    pub mime_type: &'a str,
    /// The URL's path.
    pub path: &'a str,
    /// `GET`: what the answer's type tells is what was asked for. Anything else is a script's request, if it is nobody's.
    pub is_get: bool,
}

/// Names of the request types that are used.
const SUB_FRAME: &str = "sub_frame";
const SCRIPTED: &str = "xmlhttprequest";

impl TypeSigns<'_> {
    /// The type. A document is taken for a frame's: the page knows which one is its own.
    pub fn request_type(&self) -> &'static str {
        if self.is_websocket {
            return "websocket";
        }
        if let Some(said) = by_resource_type(self.resource_type).or_else(|| by_destination(self.destination))
        {
            return said;
        }
        let guessed = self
            .by_accept()
            .or_else(|| by_mime_type(self.mime_type, self.accept))
            .or_else(|| by_extension(self.path));
        match guessed {
            Some(guessed) if self.is_get => guessed,
            None if self.is_get => "other",
            _ => SCRIPTED,
        }
    }

    /// Whether the request is for a page's document, or for a frame's where the two cannot be told apart.
    pub fn is_document(&self) -> bool {
        if !self.resource_type.is_empty() {
            return self.resource_type == "document";
        }
        if !self.destination.is_empty() {
            return self.destination == "document";
        }
        self.accept.contains("text/html") || self.mime_type.starts_with("text/html")
    }

    /// Only navigations accept `text/html` by name, only style sheets `text/css`, only images `image/…` without HTML.
    fn by_accept(&self) -> Option<&'static str> {
        if !self.requested_with.is_empty() {
            return Some(SCRIPTED);
        }
        if self.accept.contains("text/html") {
            return Some(SUB_FRAME);
        }
        let starts = |start| self.accept.starts_with(start);
        if starts("text/css") { Some("stylesheet") } else { starts("image/").then_some("image") }
    }
}

/// Chrome's resource types (its developer tools' `ResourceType.ts`). `other` and what is not here tell nothing.
fn by_resource_type(name: &str) -> Option<&'static str> {
    Some(match name {
        "document" => SUB_FRAME,
        "stylesheet" => "stylesheet",
        "image" => "image",
        "media" => "media",
        "font" => "font",
        "script" => "script",
        "xhr" | "fetch" | "eventsource" | "preflight" => SCRIPTED,
        "websocket" => "websocket",
        "ping" | "beacon" => "ping",
        "cspviolationreport" => "csp_report",
        _ => return None,
    })
}

/// The destinations of the Fetch standard. `empty` is what a script asks for.
fn by_destination(name: &str) -> Option<&'static str> {
    Some(match name {
        "document" | "iframe" | "frame" => SUB_FRAME,
        "style" => "stylesheet",
        "image" => "image",
        "audio" | "video" | "track" => "media",
        "font" => "font",
        "script" | "worker" | "sharedworker" | "serviceworker" | "audioworklet" | "paintworklet" => "script",
        "object" | "embed" => "object",
        "report" => "csp_report",
        "empty" => SCRIPTED,
        _ => return None,
    })
}

/// HTML for someone who did not ask for it by name is a script's.
fn by_mime_type(name: &str, accept: &str) -> Option<&'static str> {
    let is = |part| name.contains(part);
    Some(match name {
        _ if name.starts_with("text/css") => "stylesheet",
        _ if name.starts_with("text/html") => {
            if accept.is_empty() {
                SUB_FRAME
            } else {
                SCRIPTED
            }
        }
        _ if name.starts_with("image/") => "image",
        _ if name.starts_with("audio/") || name.starts_with("video/") => "media",
        _ if is("font") || is("woff") => "font",
        _ if is("javascript") || is("ecmascript") => "script",
        _ if is("json") => SCRIPTED,
        _ => return None,
    })
}

fn by_extension(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    Some(match name.rsplit_once('.')?.1 {
        "css" => "stylesheet",
        "gif" | "png" | "jpg" | "jpeg" | "webp" | "avif" | "svg" | "ico" => "image",
        "mp3" | "mp4" | "webm" | "ogg" | "wav" | "m4a" | "m4v" => "media",
        "woff" | "woff2" | "ttf" | "otf" | "eot" => "font",
        "js" | "mjs" => "script",
        "htm" | "html" => SUB_FRAME,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: TypeSigns = TypeSigns {
        is_websocket: false,
        resource_type: "",
        destination: "",
        requested_with: "",
        accept: "",
        mime_type: "",
        path: "/",
        is_get: true,
    };

    #[test]
    fn the_recorders_word_goes_before_the_browsers_and_that_before_the_answers() {
        let script = TypeSigns { mime_type: "text/javascript", ..NOTHING };
        assert_eq!(script.request_type(), "script");
        let fetched = TypeSigns { destination: "empty", ..script };
        assert_eq!(fetched.request_type(), "xmlhttprequest");
        let font = TypeSigns { resource_type: "font", ..fetched };
        assert_eq!(font.request_type(), "font");
        let other = TypeSigns { resource_type: "other", destination: "image", ..NOTHING };
        assert_eq!(other.request_type(), "image");
    }

    #[test]
    fn a_redirected_image_is_an_image_though_its_answer_is_html() {
        let image = TypeSigns { accept: "image/webp,*/*", mime_type: "text/html", ..NOTHING };
        assert_eq!(image.request_type(), "image");
    }

    #[test]
    fn what_nothing_tells_is_other_and_a_scripts_where_it_is_no_get() {
        assert_eq!(NOTHING.request_type(), "other");
        assert_eq!(TypeSigns { is_get: false, ..NOTHING }.request_type(), "xmlhttprequest");
        assert_eq!(TypeSigns { path: "/a/b.woff2", ..NOTHING }.request_type(), "font");
    }

    #[test]
    fn a_beacon_stays_one_though_it_posts() {
        let beacon = TypeSigns { resource_type: "ping", is_get: false, ..NOTHING };
        assert_eq!(beacon.request_type(), "ping");
    }
}
