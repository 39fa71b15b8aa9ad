using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TinyQuant.Gateway.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>A broker that asks for a password and speaks TLS alone.</summary>
public sealed class SecurityTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [BrokerFact]
    public async Task A_password_over_TLS_is_accepted_and_anything_less_is_not()
    {
        await WriteFilesAsync();
        using var broker = new Mosquitto(
            "allow_anonymous false", $"password_file {_temp["passwords"]}", $"certfile {_temp["broker.pem"]}",
            $"keyfile {_temp["broker.key"]}");
        string[] tls = ["--Broker:UseTls=true", $"--Broker:CaFile={_temp["broker.pem"]}"];
        string[] name = ["--Broker:UserName=pump", $"--Broker:PasswordFile={_temp["password"]}"];

        using var right = new GatewayProcess(broker.Port, [.. tls, .. name]);
        await right.WaitUntilHealthyAsync();
        await ExpectRefusalAsync(broker, "NotAuthorized", tls);
        await ExpectRefusalAsync(broker, "ertificate", ["--Broker:UseTls=true", .. name]);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("/health")).Status);
    }

    [BrokerFact]
    public async Task An_alert_that_the_broker_refuses_is_lost_and_the_rest_goes_on()
    {
        File.WriteAllText(_temp["rights"], "topic readwrite vibration/+/frame\ntopic readwrite vibration/b/alert\n");
        using var broker = new Mosquitto("allow_anonymous true", $"acl_file {_temp["rights"]}");
        using var gateway = new GatewayProcess(broker.Port, "--Alerts:RaiseAfter=1");
        await gateway.WaitUntilHealthyAsync();
        using var publisher = new RawPublisher(broker.Port, qualityOfService: 1);
        foreach (string sensor in new[] { "a", "b" })
        {
            for (int i = 0; i < 20; i++)
            {
                publisher.Publish(
                    $"vibration/{sensor}/frame", TestFrames.Float32(TestFrames.Samples((2 * i) + 1, isFaulty: true)));
            }
        }

        await publisher.CompleteAsync();

        GatewayCounts counts = await gateway.WaitUntilAsync(c => c.Scored == 40 && c.Alerts == 1);
        Assert.Equal(1, counts.Values["gateway_alerts_lost_total"]);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Contains("a: raised, but the broker refused the alert", gateway.Log, StringComparison.Ordinal);
    }

    private static async Task ExpectRefusalAsync(Mosquitto broker, string reason, string[] settings)
    {
        using var gateway = new GatewayProcess(broker.Port, [.. settings, "--Broker:ClientId=other"]);
        await HangGuard.UntilAsync(() => gateway.Log.Contains(reason, StringComparison.Ordinal), () => gateway.Log);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.GetAsync("/health")).Status);
        Assert.Equal(0, await gateway.StopAsync());
    }

    private async Task WriteFilesAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_temp["broker.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_temp["broker.key"], key.ExportECPrivateKeyPem());
        File.WriteAllText(_temp["password"], "secret\n");
        ProcessRun run = await ProcessRun.RunAsync(
            Path.Combine(Path.GetDirectoryName(Mosquitto.Program)!.Replace("sbin", "bin", StringComparison.Ordinal),
                "mosquitto_passwd"),
            ["-c", "-b", _temp["passwords"], "pump", "secret"]);
        Assert.Equal(0, run.ExitCode);
    }
}
