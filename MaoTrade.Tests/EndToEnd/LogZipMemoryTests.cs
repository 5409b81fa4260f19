using System.IO.Compression;
using MaoTrade.Engine.Logs;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>Years of logs are zipped without being held: runs alone, for it counts what the whole process allocates.</summary>
[Collection("processes")]
public sealed class LogZipMemoryTests
{
    private const int Days = 1_000;
    private const int DayBytes = 100 * 1024;
    private const long MostAllocated = 40L * 1024 * 1024;

    [Fact]
    public async Task A_thousand_days_are_zipped_with_flat_memory()
    {
        using var folder = new TemporaryFolder();
        var line = "[2025-04-02 09:16:29,283] [INFO    ] [TradeManager] nothing to do\n"u8.ToArray();
        var day = new byte[DayBytes];
        for (var at = 0; at + line.Length <= DayBytes; at += line.Length)
        {
            line.CopyTo(day, at);
        }

        var first = new DateOnly(2023, 1, 1);
        for (var i = 0; i < Days; i++)
        {
            await File.WriteAllBytesAsync(folder.File($"maotrade-{first.AddDays(i):yyyy-MM-dd}.log"), day);
        }

        using var archive = new LogArchive("demo", folder.Path, TimeProvider.System);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await using var zip = (await archive.ZipAsync(first, first.AddDays(Days - 1), CancellationToken.None))!;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        allocated.Should().BeLessThan(MostAllocated, "{0} MiB of logs pass through", Days * DayBytes / 1024 / 1024);
        await using var read = new ZipArchive(zip.Content, ZipArchiveMode.Read, leaveOpen: true);
        read.Entries.Should().HaveCount(Days).And.OnlyContain(entry => entry.Length == DayBytes);
    }
}
