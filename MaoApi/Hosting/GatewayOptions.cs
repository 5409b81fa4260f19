using System.Net;
using MaoApi.Auth;
using MaoApi.Auth.Firebase;
using MaoApi.Auth.Services;
using MaoApi.Engines;
using MaoApi.Live;
using MaoApi.Logs;
using MaoApi.MarketData;
using MaoApi.News;
using MaoApi.Pods;
using MaoApi.Secrets;
using MaoApi.Telemetry;
using MaoTrade.Protocol.Tls;

namespace MaoApi.Hosting;

/// <summary>What the gateway was told at its start, by flags or environment; a flag wins.</summary>
internal sealed record GatewayOptions
{
    /// <summary>What stands at stake here. Default production, where nothing made for trying out is let through. <c>ENVIRONMENT</c>.</summary>
    public GatewayEnvironment Environment { get; init; } = GatewayEnvironment.Production;

    /// <summary>Folder of everything that is kept, relative to the current directory. Default <c>data</c>. <c>--data-dir</c>, <c>MAO_DATA_DIR</c>.</summary>
    public string DataDir { get; init; } = "data";

    /// <summary>TCP port of the API, 0 = any free one. Default 8000. <c>--port</c>, <c>MAO_PORT</c>.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>Address to listen on. Default loopback. <c>--bind</c>, <c>MAO_BIND</c>.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>What this process does. Default all. <c>--role</c>, <c>MAO_ROLE</c>, comma-separated.</summary>
    public GatewayRoles Roles { get; init; } = GatewayRoles.All;

    /// <summary>
    /// Name of this gateway where several with the role api share a data folder, as in an upgrade without a gap: 1 to 20 of a–z and 0–9.
    /// Default none. <c>MAO_INSTANCE</c>.
    /// </summary>
    public string? Instance { get; init; }

    /// <summary>Where engines run.</summary>
    public PodOptions Pods { get; init; } = new();

    /// <summary>Leaves engines and paper broker running at an orderly stop. <c>--keep-engines</c>.</summary>
    public bool KeepEngines { get; init; }

    /// <summary>Lets demo users, whose passwords lie in a file, be reached from other machines. <c>--allow-demo</c>.</summary>
    public bool AllowDemo { get; init; }

    /// <summary>Speed of the paper market, times real time. Default 60, range 0.1 to 100,000. <c>--paper-speed</c>, <c>MAO_PAPER_SPEED</c>.</summary>
    public double PaperSpeed { get; init; } = 60;

    /// <summary>Downloads from one engine at the same time; more wait. Default 4, range 1 to 64. <c>ENGINE_DOWNLOADS</c>.</summary>
    public int EngineDownloads { get; init; } = 4;

    /// <summary>
    /// Certificates for engines on other machines and in containers; without them only engines on the loopback address are reached.
    /// Default none. <c>WIRE_TLS_CA</c>, <c>WIRE_TLS_CERT</c>, <c>WIRE_TLS_KEY</c>.
    /// </summary>
    public WireFiles? WireFiles { get; init; }

    /// <summary>
    /// Folder with the certificates of the engines a pod starts in containers, <c>engine-ACCOUNT.crt</c> and <c>.key</c>. Default where
    /// <c>WIRE_TLS_CA</c> lies. <c>ENGINE_CERTS_DIR</c>.
    /// </summary>
    public string? EngineCertificatesDir { get; init; }

    /// <summary>Engines somebody else runs, such as docker-compose. Default none. <c>ENGINES</c>, <c>account=host:port</c>, comma-separated; port 2260.</summary>
    public IReadOnlyList<NamedEngine> Engines { get; init; } = [];

    /// <summary>
    /// Folder with the keys of those engines, <c>engine-ACCOUNT.json</c>: <c>{"keyId","secret"}</c>. Default none. <c>ENGINE_KEYS_DIR</c>.
    /// </summary>
    public string? EngineKeysDir { get; init; }

    /// <summary>The central log.</summary>
    public LogOptions Logs { get; init; } = new();

    /// <summary>News.</summary>
    public NewsOptions News { get; init; } = new();

    /// <summary>Market history.</summary>
    public HistoryOptions History { get; init; } = new();

    /// <summary>Where gateways keep what they share.</summary>
    public SharedStoreOptions Shared { get; init; } = new();

    /// <summary>Requests per user.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>How requests reach the gateway, and how many it bears.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>The keys stored secrets are encrypted with.</summary>
    public SecretOptions Secrets { get; init; } = new();

    /// <summary>Live updates.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>The classic way services prove themselves.</summary>
    public ClassicCertificateOptions ClassicCertificate { get; init; } = new();

    /// <summary>Users who log in with Firebase.</summary>
    public FirebaseOptions Firebase { get; init; } = new();

    /// <summary>The mock user of development.</summary>
    public MockUserOptions MockUser { get; init; } = new();

    /// <summary>Where traces and metrics go.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Where engines reach this gateway. Default its own address, by loopback where it listens everywhere. <c>GATEWAY_URL</c>.</summary>
    public Uri? EngineGatewayUrl { get; init; }

    /// <summary>How people are told.</summary>
    public NoticeOptions Notices { get; init; } = new();

    /// <summary>Where rows are kept.</summary>
    public DatabaseOptions Database { get; init; } = new();

    /// <summary>Whether the API's description is served.</summary>
    public bool ServesDocs => Http.Docs ?? (Environment != GatewayEnvironment.Production || IPAddress.IsLoopback(Bind));

    /// <summary>How long a stop waits for what is under way.</summary>
    public TimeSpan Drain => Http.Drain ?? TimeSpan.FromSeconds(Roles.HasFlag(GatewayRoles.Pod) ? 5 : 30);

    /// <summary>Whether demo users may exist here.</summary>
    public bool ServesDemo => AllowDemo || IPAddress.IsLoopback(Bind);
}

/// <summary>What an installation is for.</summary>
internal enum GatewayEnvironment
{
    Production,
    Staging,
    Development,
}

/// <summary>The parts of the gateway a process can play.</summary>
[Flags]
internal enum GatewayRoles
{
    None = 0,

    /// <summary>The REST API.</summary>
    Api = 1,

    /// <summary>Starting and watching engines.</summary>
    Pod = 2,

    /// <summary>Jobs on market data.</summary>
    Data = 4,

    All = Api | Pod | Data,
}
