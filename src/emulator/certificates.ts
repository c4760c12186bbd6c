import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A server's key and certificate, and the certificate authority that vouches for it. All PEM. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

const DAY = 86_400_000;

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);
const octets = (content: Buffer): Buffer => der(0x04, content);
const TRUE = der(0x01, Buffer.from([0xff]));

/** Object identifiers of X.509 (RFC 5280) and of signatures with SHA-256 (RFC 5758, RFC 4055), as DER content. */
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const RSA_SHA256 = sequence(oid('2a864886f70d01010b'), der(0x05));
const COMMON_NAME = oid('550403');
const BASIC_CONSTRAINTS = oid('551d13');
const KEY_USAGE = oid('551d0f');
const EXTENDED_KEY_USAGE = oid('551d25');
const SERVER_AUTH = oid('2b06010505070301');
const SUBJECT_ALT_NAME = oid('551d11');

const nameOf = (text: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));

/** UTCTime, `YYMMDDhhmmssZ`: good until 2049. */
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));

const critical = (id: Buffer, value: Buffer): Buffer => sequence(id, TRUE, octets(value));

const AUTHORITY = [
  critical(BASIC_CONSTRAINTS, sequence(TRUE)),
  critical(KEY_USAGE, der(0x03, Buffer.from([1, 0b0000_0110]))),
];
const SERVER = [
  sequence(EXTENDED_KEY_USAGE, octets(sequence(SERVER_AUTH))),
  sequence(
    SUBJECT_ALT_NAME,
    octets(sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))),
  ),
];

/** What a certificate is to say, and who signs it. */
interface CertificateOrder {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly at: Date;
}

/** A certificate in PEM, good for a month. */
export const issueCertificate = (order: CertificateOrder): string => {
  const algorithm = order.signingKey.asymmetricKeyType === 'rsa' ? RSA_SHA256 : ECDSA_SHA256;
  // The validity is of real time, whatever the tenant's clock says: TLS clients check it against their own.
  const validity = sequence(time(new Date(order.at.getTime() - DAY)), time(new Date(order.at.getTime() + 30 * DAY)));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    nameOf(order.issuer),
    validity,
    nameOf(order.subject),
    order.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...order.extensions)),
  );
  const signature = sign('sha256', body, order.signingKey);
  const text = sequence(body, algorithm, bits(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.replaceAll(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
};

/** A fresh authority and a server certificate for `localhost` and `127.0.0.1`, good for a month. */
export const makeCertificates = (at: Date): Certificates => {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = `Embedded Tenant CA ${randomBytes(4).toString('hex')}`;
  const signed = { issuer, signingKey: authority.privateKey, at };
  return {
    ca: issueCertificate({ ...signed, subject: issuer, publicKey: authority.publicKey, extensions: AUTHORITY }),
    certificate: issueCertificate({ ...signed, subject: 'localhost', publicKey: server.publicKey, extensions: SERVER }),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
