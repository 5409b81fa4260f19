using MaoApi.Hosting;

namespace MaoApi.Auth;

/// <summary>A user for trying out the API without any log-in.</summary>
internal enum MockUserMode
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Requests without a token are an administrator's.</summary>
    Valid = 1,

    /// <summary>Requests without a token are a user's whose time is over.</summary>
    Expired = 2,
}

/// <summary>The mock user of development.</summary>
internal sealed record MockUserOptions
{
    /// <summary>Default none. Refuses to start outside development. <c>MOCK_USER_AUTH</c>: 0, 1 valid, 2 expired.</summary>
    public MockUserMode Mode { get; init; }

    public static MockUserOptions Read(SettingsReader settings, GatewayEnvironment environment)
    {
        var mode = (MockUserMode)settings.Integer("MOCK_USER_AUTH", 0, 0, 2);
        if (mode != MockUserMode.None && environment != GatewayEnvironment.Development)
        {
            settings.Fault("MOCK_USER_AUTH: requests without a token are let in in development only (ENVIRONMENT)");
        }

        return new MockUserOptions { Mode = mode };
    }
}
