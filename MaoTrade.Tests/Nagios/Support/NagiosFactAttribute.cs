using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios.Support;

/// <summary>A test that runs Nagios with plug-ins and a database of Debian; without one of them it is skipped and says so.</summary>
public sealed class NagiosFactAttribute : FactAttribute
{
    private const string MySqlPlugin = "/usr/lib/nagios/plugins/check_mysql_health";

    public NagiosFactAttribute()
    {
        Skip = new[] { "nagios4", "mariadbd", "mariadb-install-db", "perl" }.FirstOrDefault(program => Programs.Find(program) is null) is { } missing
            ? $"{missing} is not installed on this machine"
            : File.Exists(MySqlPlugin) ? null : $"{MySqlPlugin} (monitoring-plugins-contrib) is not installed on this machine";
    }
}
