//! Whom we believe: the public roots built into the program and those the owner adds for one destination.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// A TLS configuration with the public roots and `extra_roots_pem`.
pub(crate) fn client_config(extra_roots_pem: &[u8]) -> Result<ClientConfig, &'static str> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let mut added = 0;
    for certificate in CertificateDer::pem_slice_iter(extra_roots_pem) {
        let certificate = certificate.map_err(|_| "an extra root certificate is not PEM")?;
        roots
            .add(certificate)
            .map_err(|_| "an extra root certificate is not a certificate")?;
        added += 1;
    }
    if added == 0 && !extra_roots_pem.is_empty() {
        return Err("the extra roots hold no certificate");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| "TLS cannot be set up")?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
