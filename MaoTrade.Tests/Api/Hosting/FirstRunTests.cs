using MaoApi.Data;
using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Hosting;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FirstRunTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_first_start_makes_users_accounts_and_a_file_only_its_owner_reads()
    {
        using var folder = DataFolder.Open(_temp.Path);
        await using var app = await StartAsync(folder);

        var file = FirstRunFile.Read(folder)!;

        file.Accounts.Select(account => account.AccountId).Should().Equal("demo1", "demo2");
        file.Password.Should().HaveLength(20).And.NotBe(file.AdminPassword);
        File.GetUnixFileMode(folder.FirstRun).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(folder.Keys).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var context = Database(app);
        (await context.Credentials.ToListAsync()).Should().OnlyContain(row => !row.Hash.Contains(file.Password));
        (await context.AccountRoles.Where(row => row.User!.UserId == "demo").Select(row => row.Role).ToListAsync())
            .Should().Equal("owner", "owner");
        (await context.Pods.ToListAsync()).Should().OnlyContain(pod => PodConfig.Parse(pod.Config).FirstSignals.Count == 1);
    }

    [Fact]
    public async Task A_second_start_changes_no_password_and_makes_no_file_its_owner_deleted()
    {
        using (var folder = DataFolder.Open(_temp.Path))
        {
            await using var app = await StartAsync(folder);
        }

        using var again = DataFolder.Open(_temp.Path);
        var before = FirstRunFile.Read(again)!;
        await using (await StartAsync(again))
        {
            FirstRunFile.Read(again)!.Password.Should().Be(before.Password);
        }

        File.Delete(again.FirstRun);
        await using (await StartAsync(again))
        {
            File.Exists(again.FirstRun).Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_start_killed_before_its_users_were_stored_uses_the_passwords_it_had_written()
    {
        using var folder = DataFolder.Open(_temp.Path);
        new FirstRunFile { User = "demo", Password = "written", AdminUser = "admin", AdminPassword = "too" }.Write(folder);

        await using var app = await StartAsync(folder);

        FirstRunFile.Read(folder)!.Password.Should().Be("written");
        await using var context = Database(app);
        (await context.Users.CountAsync()).Should().Be(2);
    }

    [Fact]
    public void A_second_gateway_on_the_same_folder_is_refused()
    {
        using var folder = DataFolder.Open(_temp.Path);

        var second = () => DataFolder.Open(_temp.Path);

        second.Should().Throw<DataFolderLockedException>().WithMessage($"*{_temp.Path}*--data-dir*");
    }

    private static MaoHomeContext Database(WebApplication app) =>
        app.Services.GetRequiredService<IDbContextFactory<MaoHomeContext>>().CreateDbContext();

    private static async Task<WebApplication> StartAsync(DataFolder folder)
    {
        var app = GatewayApplication.Build(new GatewayOptions { Port = 0 }, folder);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var firstRun = app.Services.GetRequiredService<FirstRun>();
        await firstRun.EnsureAsync(CancellationToken.None);
        await firstRun.UpdateAsync(new Uri("http://127.0.0.1:8000"), CancellationToken.None);
        return app;
    }
}
