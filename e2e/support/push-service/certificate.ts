/** A certificate of tests for the hosts that Chromium's subscriptions name, and for this machine, signed by itself, and its key. Nothing but what a test starts trusts it. */
export const PUSH_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBqjCCAVCgAwIBAgIUBa97IGz/s3pBjr+mB+t1YSaAQI8wCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVUHVzaCBzZXJ2aWNlIG9mIHRlc3RzMCAXDTI1MDEwMTAwMDAw
MFoYDzIxMjUwMTAxMDAwMDAwWjAgMR4wHAYDVQQDDBVQdXNoIHNlcnZpY2Ugb2Yg
dGVzdHMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASelEsHqJid3eTceLkb8Di4
1+k1wvt8WepfvrQ27fAijwYgnXBYCHErNamYH0rL0/evTVwL39ZYFhHjjveGf/u7
o2YwZDA1BgNVHREELjAsghJmY20uZ29vZ2xlYXBpcy5jb22CEGptdDE3Lmdvb2ds
ZS5jb22HBH8AAAEwDAYDVR0TBAUwAwEB/zAdBgNVHQ4EFgQUDNblCMGeqUqhlB00
HY6O9qhz8fYwCgYIKoZIzj0EAwIDSAAwRQIgBKOzA0MZKPIk+ld6XgCCPkE5TCcC
xPUwqDr2PvHLAmwCIQCDLNGOVLmqntKV6agP3qXFCXsFz3hwQRfyhKmMb22Ffw==
-----END CERTIFICATE-----`

export const PUSH_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWzwfHb66hv8dZwb9
3dNVw3hHqgZdCdIv78u6LgP+knGhRANCAASelEsHqJid3eTceLkb8Di41+k1wvt8
WepfvrQ27fAijwYgnXBYCHErNamYH0rL0/evTVwL39ZYFhHjjveGf/u7
-----END PRIVATE KEY-----`
