//! The form of a site's profile.

use kit_web::forms::{Form, FormErrors};

use crate::{
    reference::Reference,
    site::{Contact, Footer, Profile},
};

/// What stands in the form.
pub(super) struct Fields {
    /// The profile; what the form does not have stays as it is.
    pub profile: Profile,
    /// Version of the row when the form was shown.
    pub version: i64,
}

impl Fields {
    /// What hosts stand in the form, one a line.
    pub fn hosts(&self) -> String {
        self.profile.hosts.join("\n")
    }

    /// Reads the form over what is known of the site.
    pub fn read(form: &Form, known: &Profile, reference: &Reference, errors: &mut FormErrors) -> Fields {
        let mut required = |name: &str, sentence: &str| form.required(name, sentence, errors);
        let profile = Profile {
            code: known.code.clone(),
            demonstration: known.demonstration,
            name: required("name", "请填写网站名称"),
            short_name: required("short_name", "请填写简称"),
            tagline: form.text("tagline"),
            domain: required("domain", "请填写域名").to_lowercase(),
            hosts: form.text("hosts").split_whitespace().map(str::to_lowercase).collect(),
            identification_code: required("identification_code", "请填写网站标识码"),
            region_code: required("region_code", "请填写行政区划代码"),
            organ_code: required("organ_code", "请填写机构代码"),
            index_number_pattern: required("index_number_pattern", "请填写索引号规则"),
            theme: form.text("theme"),
            mourning: form.text("mourning") == "yes",
            contact: contact(form),
            footer: footer(form),
        };
        if !reference.themes.all.contains(&profile.theme) {
            errors.add("theme", "请选择主色");
        }
        let is_host = |host: &str| {
            !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
        };
        for (field, hosts) in [("domain", std::slice::from_ref(&profile.domain)), ("hosts", &profile.hosts)] {
            if hosts.iter().any(|host| !is_host(host)) {
                errors.add(field, "域名只写主机名，例如 www.example.gov.cn");
            }
        }
        Fields { profile, version: form.text("version").parse().unwrap_or_default() }
    }
}

fn contact(form: &Form) -> Contact {
    Contact {
        office: form.text("office"),
        address: form.text("address"),
        postcode: form.text("postcode"),
        phone: form.text("phone"),
        fax: form.text("fax"),
        email: form.text("email"),
        hours: form.text("hours"),
    }
}

fn footer(form: &Form) -> Footer {
    Footer {
        host_unit: form.text("host_unit"),
        operator: form.text("operator"),
        icp: form.text("icp"),
        public_security: form.text("public_security"),
        error_report: form.text("error_report"),
    }
}
