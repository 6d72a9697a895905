//! What a PDF hides: its author, remarks on pages, files inside, programs, layers that are switched off.
//!
//! It does NOT compare earlier states that a file may still contain, and finds no text under other things.

use super::cmap::utf16;
use crate::Limits;
use crate::hidden::{Findings, HiddenKind};
use crate::xml::{self, Element, Tree};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Dictionaries inside one another that are looked through.
const DEEPEST: usize = 24;
const LARGEST_METADATA: usize = 4 << 20;

/// Properties that every program writes.
const USUAL: [&[u8]; 9] = [
    b"Title",
    b"Author",
    b"Subject",
    b"Keywords",
    b"Creator",
    b"Producer",
    b"CreationDate",
    b"ModDate",
    b"Trapped",
];

/// Adds everything that the file hides.
pub(super) fn tell(document: &Document, pages: &[ObjectId], findings: &mut Findings) {
    tell_properties(document, findings);
    for (i, page) in pages.iter().enumerate() {
        tell_annotations(document, *page, &format!("第{}页", i + 1), findings);
    }
    for object in document.objects.values() {
        tell_object(document, object, 0, findings);
    }
    tell_layers(document, findings);
}

fn text_of(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let bytes = dictionary.get_deref(key, document).ok()?.as_str().ok()?;
    Some(text_string(bytes)).filter(|text| !text.trim().is_empty())
}

/// A string for people: UTF-16 or UTF-8 by its mark; else what it looks like, since programs write GBK without saying.
fn text_string(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(wide);
    }
    let guessed = kit_text::lines::decode_text(bytes);
    guessed.map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(), |(text, _)| text)
}

fn tell_properties(document: &Document, findings: &mut Findings) {
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok();
    let author = info.and_then(|info| text_of(document, info, b"Author"));
    for (key, value) in info.into_iter().flat_map(Dictionary::iter) {
        let Some(value) = value.as_str().ok().map(text_string).filter(|value| !value.trim().is_empty())
        else {
            continue;
        };
        let name = String::from_utf8_lossy(key);
        match key.as_slice() {
            b"Author" => findings.add(HiddenKind::Metadata, "文件属性", format!("作者：{value}")),
            b"Company" => findings.add(HiddenKind::Metadata, "文件属性", format!("单位：{value}")),
            key if USUAL.contains(&key) => {}
            _ => findings.add(HiddenKind::CustomProperty, "文件属性", format!("{name}：{value}")),
        }
    }
    for creator in creators(document).into_iter().filter(|creator| author.as_ref() != Some(creator)) {
        findings.add(HiddenKind::Metadata, "文件属性", format!("作者：{creator}"));
    }
}

/// The authors by the second place in which a PDF names them.
fn creators(document: &Document) -> Vec<String> {
    let metadata = document.catalog().and_then(|catalog| catalog.get_deref(b"Metadata", document));
    let content = metadata.and_then(Object::as_stream);
    let Ok(bytes) = content.and_then(|stream| stream.decompressed_content_with_limit(LARGEST_METADATA))
    else {
        return Vec::new();
    };
    let text = xml::decode(bytes);
    let Ok(tree) = Tree::read(text.trim_end_matches('\0'), "Metadata", &Limits::default()) else {
        return Vec::new();
    };
    let named = tree.top().below("creator").flat_map(|creator| creator.below("li")).map(Element::own_text);
    named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).take(20).collect()
}

/// Remarks on a page; links and fields of forms are there to be seen.
fn tell_annotations(document: &Document, page: ObjectId, place: &str, findings: &mut Findings) {
    let page = document.get_dictionary(page).ok();
    let list = page.and_then(|page| page.get_deref(b"Annots", document).and_then(Object::as_array).ok());
    for annotation in list.into_iter().flatten() {
        let Some(annotation) = document.dereference(annotation).ok().and_then(|(_, a)| a.as_dict().ok())
        else {
            continue;
        };
        let kind = annotation.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or_default();
        if matches!(kind, b"Link" | b"Widget" | b"Popup") {
            continue;
        }
        if let Some(text) = text_of(document, annotation, b"Contents") {
            let author = text_of(document, annotation, b"T").map(|author| format!("{author}："));
            findings.add(HiddenKind::Annotation, place, author.unwrap_or_default() + &text);
        }
    }
}

/// Files and programs, wherever in the file they are.
fn tell_object(document: &Document, object: &Object, depth: usize, findings: &mut Findings) {
    if depth > DEEPEST {
        return;
    }
    let dictionary = match object {
        Object::Array(list) => {
            return list.iter().for_each(|inner| tell_object(document, inner, depth + 1, findings));
        }
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        _ => return,
    };
    if dictionary.has(b"EF") {
        let name = text_of(document, dictionary, b"UF").or_else(|| text_of(document, dictionary, b"F"));
        findings.add(HiddenKind::EmbeddedObject, "文件", name.unwrap_or_else(|| "附件".to_owned()));
    }
    match dictionary.get_deref(b"S", document).and_then(Object::as_name) {
        Ok(b"JavaScript") => findings.add(HiddenKind::Macro, "文件", script(document, dictionary)),
        Ok(b"Launch") => findings.add(HiddenKind::Macro, "文件", "启动其他程序"),
        _ => {}
    }
    dictionary.iter().for_each(|(_, inner)| tell_object(document, inner, depth + 1, findings));
}

fn script(document: &Document, action: &Dictionary) -> String {
    let code = match action.get_deref(b"JS", document) {
        Ok(Object::String(bytes, _)) => text_string(bytes),
        Ok(Object::Stream(stream)) => stream
            .decompressed_content_with_limit(LARGEST_METADATA)
            .map(|b| text_string(&b))
            .unwrap_or_default(),
        _ => String::new(),
    };
    format!("JavaScript {}", code.trim())
}

/// Layers that are off when the file is opened.
fn tell_layers(document: &Document, findings: &mut Findings) {
    let layers = document.catalog().and_then(|catalog| catalog.get_deref(b"OCProperties", document));
    let Ok(layers) = layers.and_then(Object::as_dict) else {
        return;
    };
    let Ok(shown) = layers.get_deref(b"D", document).and_then(Object::as_dict) else {
        return;
    };
    let list = |dictionary: &'_ Dictionary, key: &[u8]| -> Vec<Object> {
        dictionary.get_deref(key, document).and_then(Object::as_array).cloned().unwrap_or_default()
    };
    let all_off =
        shown.get_deref(b"BaseState", document).and_then(Object::as_name).is_ok_and(|s| s == b"OFF");
    let on = list(shown, b"ON");
    let off = match all_off {
        true => list(layers, b"OCGs").into_iter().filter(|layer| !on.contains(layer)).collect(),
        false => list(shown, b"OFF"),
    };
    for layer in off {
        let layer = document.dereference(&layer).ok().and_then(|(_, layer)| layer.as_dict().ok());
        let name = layer.and_then(|layer| text_of(document, layer, b"Name"));
        findings.add(HiddenKind::HiddenLayer, "文件", name.unwrap_or_else(|| "未命名图层".to_owned()));
    }
}
