using System.Net;

namespace MaoTrade.Bench.Processes;

/// <summary>A server that listens in a process of its own, so that its processor time is its own.</summary>
internal sealed record RunningServer(IPEndPoint Address, int ProcessId);
