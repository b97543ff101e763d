import { IsBoolean, IsHexadecimal, IsIn, IsInt, IsOptional, IsString, IsUrl, Length, Matches, Max, Min } from 'class-validator';
import { Setting } from './setting.js';

/** Which main was started: one process with everything, or one of its parts. */
export type ProcessRole = 'all' | 'api' | 'media';

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
const ADDRESSES = /^\s*[0-9a-fA-F.:]+(\s*,\s*[0-9a-fA-F.:]+){0,7}\s*$/;
const NAMED = /^\s*[0-9a-zA-Z.:-]{1,255}(\s*,\s*[0-9a-zA-Z.:-]{1,255}){0,7}\s*$/;
const ADDRESS = /^[0-9a-fA-F.:]+$/;
const TURN_URLS = /^\s*(turns?|stun):[^\s,]{1,200}(\s*,\s*(turns?|stun):[^\s,]{1,200}){0,9}\s*$/;
const HTTP = { protocols: ['http', 'https'], require_tld: false, require_protocol: true };

/** Every setting of a process, typed and checked once, at the start. `null` means: not set. Injectable. */
export class Settings {
  /** Not set by a person: the main that was started. */
  role: ProcessRole = 'all';

  @Setting({ env: 'PORT', flag: 'port', kind: 'wholeNumber', about: 'The port that it listens on; 0 takes a free one.' })
  @IsInt() @Min(0) @Max(65_535)
  port = 3000;

  @Setting({ env: 'FAIRWIND_HOST', flag: 'host', kind: 'text', about: 'The address that it listens on. Unset: all of them.' })
  @IsOptional() @IsString() @Length(1, 255)
  host: string | null = null;

  @Setting({ env: 'DATA_DIR', flag: 'data-dir', kind: 'text', about: 'The folder with the embedded database, files, keys and certificates.' })
  @IsString() @Length(1, 1024)
  dataDir = '.data';

  @Setting({ env: 'DATABASE_URL', kind: 'text', secret: true, about: 'PostgreSQL 15 or later. Unset: the embedded one in DATA_DIR.' })
  @IsOptional() @Matches(/^postgres(ql)?:\/\/.+/, { message: 'must be a postgresql:// address' })
  databaseUrl: string | null = null;

  @Setting({ env: 'REDIS_URL', kind: 'text', secret: true, about: 'Joins several processes. Unset: one process. Needs DATABASE_URL.' })
  @IsOptional() @Matches(/^rediss?:\/\/.+/, { message: 'must be a redis:// address' })
  redisUrl: string | null = null;

  @Setting({ env: 'PUBLIC_URL', kind: 'text', about: 'The address that people use, if it is not the one that is listened on.' })
  @IsOptional() @IsUrl(HTTP, { message: 'must be an http(s):// address' })
  publicUrl: string | null = null;

  @Setting({ env: 'FAIRWIND_LAN', flag: 'lan', kind: 'switch', about: 'Serves the hall: https with a certificate authority of its own, the LAN address announced for media.' })
  @IsBoolean()
  lan = false;

  @Setting({ env: 'FAIRWIND_LAN_ADDRESS', flag: 'lan-address', kind: 'text', about: 'The LAN address to announce, when the machine has several.' })
  @IsOptional() @Matches(ADDRESS, { message: 'must be an IP address' })
  lanAddress: string | null = null;

  @Setting({ env: 'FAIRWIND_HELP_PORT', flag: 'help-port', kind: 'wholeNumber', about: 'With --lan: the plain http port that explains the certificate and redirects the rest. Default: PORT + 1.' })
  @IsOptional() @IsInt() @Min(0) @Max(65_535)
  helpPort: number | null = null;

  @Setting({ env: 'TLS_CERT', flag: 'tls-cert', kind: 'text', about: 'PEM file of a certificate chain of your own; with TLS_KEY.' })
  @IsOptional() @IsString() @Length(1, 1024)
  tlsCert: string | null = null;

  @Setting({ env: 'TLS_KEY', flag: 'tls-key', kind: 'text', about: 'PEM file of its key.' })
  @IsOptional() @IsString() @Length(1, 1024)
  tlsKey: string | null = null;

  @Setting({ env: 'FAIRWIND_TRUSTED_PROXY', flag: 'trusted-proxy', kind: 'text', about: 'Addresses or ranges of the proxy in front (`loopback`, `10.0.0.0/8`, comma separated) whose X-Forwarded headers are believed.' })
  @IsOptional() @Matches(/^[0-9a-zA-Z.:/, ]+$/, { message: 'must be addresses or ranges, comma separated' })
  trustedProxy: string | null = null;

  @Setting({ env: 'FAIRWIND_DEMO', flag: 'demo', kind: 'switch', about: 'Demo data on an empty database. Default: yes on the embedded one, never unasked on an external one; `--no-demo` leaves it out.' })
  @IsOptional() @IsBoolean()
  demo: boolean | null = null;

  @Setting({ env: 'FAIRWIND_DATA_KEY', kind: 'text', secret: true, about: '64 hex digits: encrypts phones, ID numbers, CVs and what people say of themselves. Unset: a development key is made in DATA_DIR/keys.' })
  @IsOptional() @IsHexadecimal() @Length(64, 64)
  dataKey: string | null = null;

  @Setting({ env: 'FAIRWIND_HASH_KEY', kind: 'text', secret: true, about: '64 hex digits, not the data key: finds people by phone. Unset: made in DATA_DIR/keys.' })
  @IsOptional() @IsHexadecimal() @Length(64, 64)
  hashKey: string | null = null;

  @Setting({ env: 'FAIRWIND_TOKEN_KEY', kind: 'text', secret: true, about: '64 hex digits: signs access tokens. Unset: made in DATA_DIR/keys.' })
  @IsOptional() @IsHexadecimal() @Length(64, 64)
  tokenKey: string | null = null;

  @Setting({ env: 'FAIRWIND_SMS_URL', kind: 'text', about: 'Where text messages are posted to. Unset: codes are shown in the log, and it says so.' })
  @IsOptional() @IsUrl(HTTP, { message: 'must be an http(s):// address' })
  smsUrl: string | null = null;

  @Setting({ env: 'FAIRWIND_SMS_TOKEN', kind: 'text', secret: true, about: 'Sent to it as a Bearer token.' })
  @IsOptional() @IsString() @Length(1, 4096)
  smsToken: string | null = null;

  @Setting({ env: 'FAIRWIND_SMS_SENDER', kind: 'text', about: 'The signature (短信签名) in front of each text.' })
  @IsString() @Length(1, 20)
  smsSender = '春风招聘会';

  @Setting({ env: 'FAIRWIND_S3_ENDPOINT', kind: 'text', about: 'S3 storage for files, if it is not AWS.' })
  @IsOptional() @IsUrl(HTTP, { message: 'must be an http(s):// address' })
  s3Endpoint: string | null = null;

  @Setting({ env: 'FAIRWIND_S3_BUCKET', kind: 'text', about: 'Its bucket. Unset: files lie under DATA_DIR/files.' })
  @IsOptional() @IsString() @Length(3, 63)
  s3Bucket: string | null = null;

  @Setting({ env: 'FAIRWIND_S3_REGION', kind: 'text', about: 'Its region.' })
  @IsString() @Length(1, 64)
  s3Region = 'us-east-1';

  @Setting({ env: 'FAIRWIND_S3_KEY_ID', kind: 'text', secret: true, about: 'The access key id.' })
  @IsOptional() @IsString() @Length(1, 256)
  s3KeyId: string | null = null;

  @Setting({ env: 'FAIRWIND_S3_SECRET', kind: 'text', secret: true, about: 'The secret access key.' })
  @IsOptional() @IsString() @Length(1, 256)
  s3Secret: string | null = null;

  @Setting({ env: 'FAIRWIND_SHARED_DATA_DIR', kind: 'switch', about: 'DATA_DIR is one folder for all nodes (NFS and the like), so several may keep files in it.' })
  @IsBoolean()
  sharedDataDir = false;

  @Setting({ env: 'FAIRWIND_DATABASE_CONNECTIONS', kind: 'wholeNumber', about: 'Connections to the database a process, for pages, 8 or more; gates, relay and counters have half as many more, and one each decides who does what. They stay open: PostgreSQL’s max_connections must hold those of all processes.' })
  @IsInt() @Min(8) @Max(500)
  databaseConnections = 20;

  @Setting({ env: 'FAIRWIND_DATABASE_PREPARED', kind: 'switch', about: 'Prepared statements. Say false behind a pooler that does not know them (PgBouncer before 1.21).' })
  @IsBoolean()
  databasePrepared = true;

  @Setting({ env: 'FAIRWIND_LOG_LEVEL', flag: 'log-level', kind: 'text', about: `One of ${LOG_LEVELS.join(', ')}.` })
  @IsIn(LOG_LEVELS)
  logLevel: (typeof LOG_LEVELS)[number] = 'info';

  @Setting({ env: 'FAIRWIND_METRICS_TOKEN', kind: 'text', secret: true, about: 'Bearer token for /metrics. Unset: this machine only.' })
  @IsOptional() @IsString() @Length(16, 256)
  metricsToken: string | null = null;

  @Setting({ env: 'FAIRWIND_WORKER_CACHE', kind: 'text', about: 'Where the built media worker is kept. Read by the set-up.' })
  @IsOptional() @IsString() @Length(1, 1024)
  workerCache: string | null = null;

  @Setting({ env: 'FAIRWIND_MEDIA_PORT', kind: 'wholeNumber', about: 'First UDP and TCP port for media; one a worker. 0: any free ones.' })
  @IsInt() @Min(0) @Max(65_000)
  mediaPort = 44_400;

  @Setting({ env: 'FAIRWIND_MEDIA_HOST', kind: 'text', about: 'The IP addresses that media listens on, comma separated (`0.0.0.0, ::` for IPv4 and IPv6); each has the ports. Unset: FAIRWIND_HOST, else all of IPv4.' })
  @IsOptional() @Matches(ADDRESSES, { message: 'must be IP addresses, comma separated' })
  mediaHost: string | null = null;

  @Setting({ env: 'FAIRWIND_MEDIA_ADDRESS', kind: 'text', about: 'The address that browsers reach this machine’s media under (a server’s public IP); with several in FAIRWIND_MEDIA_HOST one for each, in its order (`203.0.113.5, 2001:db8::5`). Unset: the one that media listens on, if it is one; the LAN’s with --lan; else loopback.' })
  @IsOptional() @IsString() @Matches(NAMED, { message: 'must be an address, or several, comma separated' })
  mediaAddress: string | null = null;

  @Setting({ env: 'FAIRWIND_MEDIA_WORKERS', kind: 'wholeNumber', about: 'Media workers, each with a port. Unset: one a core.' })
  @IsOptional() @IsInt() @Min(1) @Max(128)
  mediaWorkers: number | null = null;

  @Setting({ env: 'FAIRWIND_MEDIA_CONSUMERS', kind: 'wholeNumber', about: 'Tracks that a worker sends to people at most; a broadcast spreads over workers before that. A node takes no more viewers when all of its workers are full.' })
  @IsInt() @Min(4) @Max(5_000)
  mediaConsumers = 400;

  @Setting({ env: 'FAIRWIND_MEDIA_PUBLISHER_BITRATE', kind: 'wholeNumber', about: 'Most that one person may send, all layers together, bits a second. Browsers keep to it; an encoder that sends half as much again for ten seconds is ended.' })
  @IsInt() @Min(100_000) @Max(100_000_000)
  mediaPublisherBitrate = 4_000_000;

  @Setting({ env: 'FAIRWIND_MEDIA_VIEWER_BITRATE', kind: 'wholeNumber', about: 'Most that one person is sent, bits a second.' })
  @IsInt() @Min(100_000) @Max(100_000_000)
  mediaViewerBitrate = 6_000_000;

  @Setting({ env: 'FAIRWIND_MEDIA_TRANSCODES', kind: 'wholeNumber', about: 'Recordings whose pictures this node transcodes at once (VP8 from browsers without H.264); others beyond have sound and a black picture. Unset: half of its cores.' })
  @IsOptional() @IsInt() @Min(0) @Max(256)
  mediaTranscodes: number | null = null;

  @Setting({ env: 'FAIRWIND_LIVE_KEPT_DAYS', kind: 'wholeNumber', about: 'Days that chat texts, sanctions and recordings of a broadcast are kept after its end; then they are deleted. The rules for online recruitment ask for three years.' })
  @IsInt() @Min(1) @Max(36_500)
  liveKeptDays = 1_095;

  @Setting({ env: 'FAIRWIND_INTERVIEW_RECORDING_DAYS', kind: 'wholeNumber', about: 'Days that a recording of an interview is kept; then it is deleted.' })
  @IsInt() @Min(1) @Max(365)
  interviewRecordingDays = 30;

  @Setting({ env: 'FAIRWIND_NODE_URL', kind: 'text', about: 'The origin under which browsers reach this media node’s signalling (`https://media-2.example.cn`). Unset: the page’s own in one process, else the address that it listens on.' })
  @IsOptional() @IsUrl(HTTP, { message: 'must be an http(s):// address' })
  nodeUrl: string | null = null;

  @Setting({ env: 'FAIRWIND_TURN_URLS', kind: 'text', about: 'TURN servers for networks that let little through, comma separated (`turns:turn.example.cn:443?transport=tcp`). With FAIRWIND_TURN_SECRET.' })
  @IsOptional() @Matches(TURN_URLS, { message: 'must be turn:, turns: or stun: addresses, comma separated' })
  turnUrls: string | null = null;

  @Setting({ env: 'FAIRWIND_TURN_SECRET', kind: 'text', secret: true, about: 'coturn’s static-auth-secret: short-lived credentials are made with it.' })
  @IsOptional() @IsString() @Length(16, 256)
  turnSecret: string | null = null;

  @Setting({ env: 'FAIRWIND_TURN_SECONDS', kind: 'wholeNumber', about: 'How long such a credential opens a relay.' })
  @IsInt() @Min(60) @Max(86_400)
  turnSeconds = 3_600;

  /** The IP address announced for media, where FAIRWIND_MEDIA_ADDRESS says none: the LAN's with --lan, else loopback. Set at the start. */
  announcedAddress = '127.0.0.1';
  /** The addresses under which people reach this process, best first. Set once it listens. */
  addresses: string[] = [];
}
