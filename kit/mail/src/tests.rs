//! Letters on the wire and in the folder: a small server of the test listens on loopback and keeps what it hears.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread::JoinHandle,
};

use super::*;

fn letter() -> Letter {
    Letter {
        from_name: "示例站点".to_owned(),
        from: "desk@example.cn".parse().unwrap(),
        to: "someone@example.cn".parse().unwrap(),
        subject: "您有 2 条新消息".to_owned(),
        text: "第一条。\n第二条。\n".to_owned(),
        html: "<p>第一条。</p>".to_owned(),
        id: "0190-a".to_owned(),
        at: 1_774_000_000_000,
    }
}

/// A mail server for one letter: answers each command as told and gives back everything it heard.
fn server(answer_to_data: &'static str) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        converse(stream, answer_to_data)
    });
    (port, served)
}

fn converse(mut stream: TcpStream, answer_to_data: &str) -> String {
    let mut heard = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut in_data = false;
    stream.write_all(b"220 test ready\r\n").unwrap();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() == 0 {
            return heard;
        }
        heard.push_str(&line);
        let answer = match line.trim_end() {
            "." if in_data => {
                in_data = false;
                answer_to_data
            }
            _ if in_data => continue,
            greeting if greeting.starts_with("EHLO") => "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
    }
}

fn to(port: u16, account: &str) -> Mail {
    Mail::to_server(&format!("smtp://{account}127.0.0.1:{port}").parse().unwrap()).unwrap()
}

#[test]
fn a_letter_reaches_a_server_with_its_envelope_and_both_texts() {
    let (port, served) = server("250 taken");
    to(port, "user:p%40ss@").send(&letter()).unwrap();
    let heard = served.join().unwrap();
    for expected in [
        "AUTH PLAIN AHVzZXIAcEBzcw==",
        "MAIL FROM:<desk@example.cn>",
        "RCPT TO:<someone@example.cn>",
        "Message-ID: <0190-a@example.cn>",
        "Date: Fri, 20 Mar 2026 09:46:40 +0000",
        "Subject: =?utf-8?b?",
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
    ] {
        assert!(heard.contains(expected), "{expected} is missing in\n{heard}");
    }
}

#[test]
fn a_refusal_for_good_is_told_from_one_that_passes() {
    let refused = |answer| {
        let (port, served) = server(answer);
        let error = to(port, "").send(&letter()).unwrap_err();
        served.join().unwrap();
        error
    };
    let never = refused("550 no such mailbox");
    assert!(matches!(&never, MailError::Refused(_)) && !never.is_passing(), "{never}");
    let later = refused("451 busy");
    assert!(matches!(&later, MailError::Unreached(_)) && later.is_passing(), "{later}");
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(to(free, "").send(&letter()).unwrap_err().is_passing());
}

#[test]
fn without_a_server_letters_lie_in_a_folder_each_once() {
    let folder = tempfile::tempdir().unwrap();
    let mail = Mail::to_folder(&folder.path().join("outbox"));
    mail.send(&letter()).unwrap();
    mail.send(&letter()).unwrap();
    mail.send(&Letter { id: "0190-b".to_owned(), ..letter() }).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder.path().join("outbox"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["0190-a.eml", "0190-b.eml"]);
    let text = std::fs::read_to_string(folder.path().join("outbox/0190-a.eml")).unwrap();
    assert!(text.contains("To: someone@example.cn") && text.contains("Message-ID: <0190-a@example.cn>"));
}

#[test]
fn no_part_of_a_letter_slips_a_header_in() {
    let bad = "x\r\nBcc: thief@example.com\r\n\r\nbody";
    let sly = Letter { subject: bad.to_owned(), from_name: bad.to_owned(), text: bad.to_owned(), ..letter() };
    let composed = String::from_utf8(sly.compose().unwrap().formatted()).unwrap();
    let (head, _) = composed.split_once("\r\n\r\n").unwrap();
    assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
    assert_eq!(sly.compose().unwrap().envelope().to().len(), 1);
    for id in ["", "a b", "a\r\nBcc: x", "../a", "a@b"] {
        let named = Letter { id: id.to_owned(), ..letter() };
        assert!(matches!(named.compose(), Err(MailError::Compose(_))), "{id}");
    }
}

#[test]
fn an_address_is_one_mailbox_and_nothing_else() {
    for good in ["a@b.cn", "zhang.san+desk@mail.example.gov.cn", "办公室@例子.cn"] {
        assert_eq!(good.parse::<Address>().unwrap().to_string(), good);
    }
    for bad in [
        "",
        "a",
        "a@",
        "@b.cn",
        "a b@c.cn",
        "a@b.cn\r\nBcc: c@d.cn",
        "a@b.cn, c@d.cn",
        "a@b.cn;c@d.cn",
        "Name <a@b.cn>",
        "\"a\"@b.cn",
        "a@b.cn ",
    ] {
        assert!(bad.parse::<Address>().is_err(), "{bad:?}");
    }
}

#[test]
fn a_server_is_described_in_one_line_and_never_shows_its_password() {
    let read = |text: &str| text.parse::<Server>().unwrap();
    let full = read("smtp://u%40x:p%3Aw@mail.example.cn:2525?tls=starttls");
    assert_eq!(
        (full.host.as_str(), full.port, full.encryption),
        ("mail.example.cn", 2525, Encryption::Starttls)
    );
    assert_eq!(full.account, Some(("u@x".to_owned(), "p:w".to_owned())));
    assert!(!format!("{full:?}").contains("p:w"));
    for (text, port, encryption) in [
        ("smtp://h", 25, Encryption::None),
        ("smtp://h:465", 465, Encryption::Implicit),
        ("smtp://h:587", 587, Encryption::Starttls),
        ("smtp://h:587?tls=none", 587, Encryption::None),
        ("smtp://h?tls=implicit", 465, Encryption::Implicit),
    ] {
        assert_eq!((read(text).port, read(text).encryption), (port, encryption), "{text}");
    }
    for wrong in ["", "h:25", "http://h", "smtp://", "smtp://h?tls=maybe"] {
        assert!(wrong.parse::<Server>().is_err(), "{wrong}");
    }
    assert!(Mail::to_server(&read("smtp://h:465")).is_ok());
}
