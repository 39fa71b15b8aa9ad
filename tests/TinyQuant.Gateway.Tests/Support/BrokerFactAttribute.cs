namespace TinyQuant.Gateway.Tests.Support;

/// <summary>A test against a real broker, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() =>
        Skip = Mosquitto.Program is null ? "There is no mosquitto; install the package of that name." : null;
}
