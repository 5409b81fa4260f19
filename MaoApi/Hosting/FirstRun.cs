using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Pods;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Hosting;

/// <summary>Fills an empty database with something to try: two users, a paper market, two accounts that trade.</summary>
internal sealed class FirstRun(
    IDbContextFactory<MaoHomeContext> contexts, DataFolder folder, Passwords passwords, ServiceKeys keys, TimeProvider time)
{
    private static readonly DemoSymbol[] Symbols =
    [
        new("EURUSD", "Euro / US dollar", 0.00001m, "USD"),
        new("GBPUSD", "Pound / US dollar", 0.00001m, "USD"),
        new("USDJPY", "US dollar / Yen", 0.001m, "JPY"),
    ];

    /// <summary>Whether the database holds demo accounts, whose passwords lie in a file.</summary>
    public async Task<bool> HasDemoAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Accounts.AnyAsync(account => account.IsDemo, cancellationToken);
    }

    /// <summary>Does nothing where there are users already.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Users.AnyAsync(cancellationToken))
        {
            return;
        }

        // The file comes first: a start killed in between finds the passwords it is about to store.
        var file = FirstRunFile.Read(folder) ?? new FirstRunFile
        {
            User = "demo",
            Password = Passwords.Generate(),
            AdminUser = "admin",
            AdminPassword = Passwords.Generate(),
        };
        file = file with { Service = file.Service ?? ServiceKeys.Generate(), Monitor = file.Monitor ?? ServiceKeys.Generate() };
        file.Write(folder);

        var demo = AddUser(context, file.User, "Demo", file.Password, isAdmin: false);
        AddUser(context, file.AdminUser, "Administrator", file.AdminPassword, isAdmin: true);
        keys.Add(context, file.Service!, ServiceScopes.Services, "first service");
        keys.Add(context, file.Monitor!, ServiceScopes.Monitor, "first monitor");
        var broker = AddMarket(context);
        AddAccount(context, "demo1", "Demo 1: moving averages on EURUSD", demo, broker, new JsonObject
        {
            ["epic"] = "EURUSD",
            ["system"] = "MacdCrossover",
            ["timeFrame"] = 60,
            ["params"] = new JsonObject { ["fast_period"] = 3, ["slow_period"] = 8, ["stop_percent"] = 2, ["qty"] = 100 },
        });
        AddAccount(context, "demo2", "Demo 2: buys GBPUSD", demo, broker, new JsonObject
        {
            ["epic"] = "GBPUSD",
            ["system"] = "FUTM",
            ["timeFrame"] = 60,
            ["params"] = new JsonObject { ["signal"] = "BUY", ["qty"] = 100, ["stop_percent"] = 2 },
        });
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes into the file where the gateway and its engines are now; without a file there is nobody to tell.</summary>
    public async Task<FirstRunFile?> UpdateAsync(Uri? url, CancellationToken cancellationToken)
    {
        if (FirstRunFile.Read(folder) is not { } file)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = await context.Accounts.AsNoTracking().Where(account => account.IsDemo).OrderBy(account => account.AccountId)
            .Select(account => new FirstRunAccount(account.AccountId, account.EngineHost, account.EnginePort)).ToListAsync(cancellationToken);
        file = file with { Url = url?.GetLeftPart(UriPartial.Authority) ?? file.Url, Accounts = accounts };
        file.Write(folder);
        return file;
    }

    private static Broker AddMarket(MaoHomeContext context)
    {
        var broker = new Broker
        {
            Code = PaperBroker.Code,
            Name = "Paper market",
            ManagerClass = "Paper",
            Config = new PaperMarket(null, RandomNumberGenerator.GetInt32(1, int.MaxValue)).ToString(),
        };
        foreach (var symbol in Symbols)
        {
            context.Add(new BrokerSymbol
            {
                Symbol = new Symbol { Epic = symbol.Epic, Name = symbol.Name, IsEnabled = true },
                Broker = broker,
                BrokerEpic = symbol.Epic,
                MinQty = 1,
                MaxQty = 1_000_000,
                QtyStep = 1,
                PriceStep = symbol.PriceStep,
                Currency = symbol.Currency,
            });
        }

        return broker;
    }

    private User AddUser(MaoHomeContext context, string userId, string name, string password, bool isAdmin)
    {
        var user = new User
        {
            UserId = userId,
            DisplayName = name,
            Email = $"{userId}@localhost",
            Status = UserStatus.Active,
            IsAdmin = isAdmin,
        };
        context.Add(new Credential { User = user, Hash = passwords.Hash(password) });
        return user;
    }

    private void AddAccount(MaoHomeContext context, string accountId, string description, User owner, Broker broker, JsonObject signal)
    {
        var account = new Account
        {
            AccountId = accountId,
            Description = description,
            User = owner,
            Broker = broker,
            IsDemo = true,
            IsActive = true,
            Created = time.GetUtcNow(),
            Modified = time.GetUtcNow(),
            Pod = new Pod
            {
                Name = "mt-" + accountId,
                WantedState = PodStates.Running,
                State = PodStates.Stopped,
                Config = new PodConfig { FirstSignals = [signal] }.ToString(),
            },
        };
        context.Add(new AccountRole { Account = account, User = owner, Role = AccountRoles.Owner });
    }

    private sealed record DemoSymbol(string Epic, string Name, decimal PriceStep, string Currency);
}
