using TinyQuant.CodeFixes;

namespace TinyQuant.Generator.Tests.Uses;

/// <summary>One instance for several threads: text and position of each warning, and forms that are right.</summary>
public class SharedModelTests
{
    private const string Wrongly = "requests that run at the same time would use its one working memory and answer "
        + "wrongly";

    [Theory]
    [InlineData("services.AddSingleton<Tiny>();")]
    [InlineData("services.AddSingleton(new Tiny());")]
    [InlineData("services.AddSingleton<ITiny>(new Tiny());")]
    [InlineData("services.AddSingleton<ITiny, Tiny>();")]
    [InlineData("services.AddSingleton(_ => new Tiny());")]
    [InlineData("services.AddSingleton<ITiny>(_ => { ITiny made = new Tiny(); return (Tiny)made; });")]
    [InlineData("services.AddSingleton<ITiny>(_ => new Tiny());")]
    [InlineData("services.AddSingleton<ITiny>(Make);")]
    [InlineData("services.AddSingleton(typeof(ITiny), typeof(Tiny));")]
    [InlineData("services.AddSingleton(typeof(Tiny));")]
    [InlineData("services.AddSingleton(typeof(ITiny), _ => new Tiny());")]
    [InlineData("services.TryAddSingleton<Tiny>();")]
    [InlineData("services.TryAddSingleton(new Tiny());")]
    [InlineData("services.AddKeyedSingleton<Tiny>(\"digits\");")]
    [InlineData("services.AddKeyedSingleton<ITiny>(\"digits\", new Tiny());")]
    [InlineData("services.AddKeyedSingleton<ITiny>(\"digits\", (_, _) => new Tiny());")]
    [InlineData("services.TryAddKeyedSingleton<Tiny>(\"digits\");")]
    [InlineData("ServiceDescriptor.Singleton<ITiny, Tiny>();", "services.Add(", ")")]
    [InlineData("ServiceDescriptor.KeyedSingleton<ITiny, Tiny>(1);", "services.Add(", ")")]
    [InlineData("ServiceDescriptor.Describe(typeof(ITiny), typeof(Tiny), ServiceLifetime.Singleton);", "services.Add(",
        ")")]
    [InlineData("new ServiceDescriptor(typeof(ITiny), typeof(Tiny), ServiceLifetime.Singleton);", "services.Add(", ")")]
    [InlineData("new ServiceDescriptor(typeof(ITiny), new Tiny());", "services.Add(", ")")]
    public async Task TQ020_singleton_model(string call, string before = "", string after = "")
    {
        string source = call.TrimEnd(';');
        Assert.Equal(
            [$"TQ020 (8,{10 + before.Length}) {source}: 'Tiny' is a model and would be one for all; {Wrongly}; "
                + "expected AddScoped, AddTransient or a pool, "
                + "or the static Tiny.Run over memory of each request's own"],
            await UseRun.DiagnosticsAsync(Program($"{before}{source}{after};"), GeneratorRun.Services));
    }

    [Theory]
    [InlineData("private readonly Tiny _model = new();", "_model")]
    [InlineData("private readonly System.Lazy<Tiny> _model = new(() => new());", "_model")]
    [InlineData("public Tiny Model { get; } = new();", "Model")]
    [InlineData("private protected SmallStruct _small;", "_small", "SmallStruct")]
    [InlineData("public Service(Tiny model) => _ = model;", "model")]
    public async Task TQ020_singleton_that_holds_a_model(string member, string name, string model = "Tiny") =>
        Assert.Equal(
        [$"TQ020 (8,10) services.AddSingleton<Service>(): 'Service' would be one for all, and its '{name}' holds "
            + $"a model of type '{model}'; {Wrongly}; "
            + "expected a scoped or transient service, a pool, or a lock around the model"],
        await UseRun.DiagnosticsAsync(
            Program("services.AddSingleton<Service>();", $"class Service {{ {member} }}"), GeneratorRun.Services));

    [Fact]
    public async Task TQ020_a_model_of_the_base_class_counts() => Assert.Single(await UseRun.DiagnosticsAsync(
        Program("services.AddSingleton<Service>();",
            "class Basis { private Tiny _model = new(); } class Service : Basis;"), GeneratorRun.Services));

    [Theory]
    [InlineData("static Tiny s_model = new();", "s_model")]
    [InlineData("internal static readonly Tiny Model = new();", "Model")]
    [InlineData("static SmallStruct s_small;", "s_small", "SmallStruct")]
    [InlineData("static Tiny Model { get; } = new();", "Model")]
    [InlineData("static readonly System.Lazy<Tiny> s_lazy = new(() => new());", "s_lazy")]
    public async Task TQ021_static_in_a_web_application(string member, string name, string model = "Tiny")
    {
        string said = Assert.Single(await UseRun.DiagnosticsAsync(Program("", member), GeneratorRun.Web));
        Assert.Equal(
            $"TQ021 (10,{5 + member.IndexOf(name, StringComparison.Ordinal)}) {name}: '{name}' holds a model of "
                + $"type '{model}' for all requests; "
            + "those that run at the same time would use its one working memory and answer wrongly; "
            + $"expected [ThreadStatic], a scoped service, or the static {model}.Run over memory of the request's own",
            said);
        Assert.Empty(await UseRun.DiagnosticsAsync(Program("", member), GeneratorRun.Services));
    }

    [Theory]
    [InlineData("Parallel.For(0, 9, i => model.Classify(codes));", "model", "Parallel.For")]
    [InlineData("Parallel.ForEach(codes, _ => _field.Classify(codes));", "_field", "Parallel.ForEach")]
    [InlineData("Parallel.Invoke(() => s_static.Classify(codes));", "s_static", "Parallel.Invoke")]
    [InlineData("Parallel.For(0, 9, Local); void Local(int i) => model.Classify(codes);", "model", "Parallel.For")]
    [InlineData("codes.AsParallel().Select(_ => model.Classify(codes));", "model", "ParallelEnumerable.Select")]
    public async Task TQ022_captured_by_what_runs_in_parallel(string statement, string name, string runner)
    {
        string said = Assert.Single(
            await UseRun.DiagnosticsAsync(
                Program(statement, "Tiny _field = new(); static Tiny s_static = new();"), GeneratorRun.Services));
        Assert.StartsWith("TQ022 (8,", said, StringComparison.Ordinal);
        Assert.EndsWith(
            $" {name}: '{name}' is a model of type 'Tiny' and {runner} runs this from several threads; they would "
                + "use its one working memory and answer wrongly; "
            + "expected a model that is made inside, or the static Tiny.Run over memory of each thread's own", said,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app.MapPost(\"/\", (sbyte[] codes) => model.Classify(codes));",
        "EndpointRouteBuilderExtensions.MapPost")]
    [InlineData("app.MapGet(\"/\", Answer); int Answer(sbyte[] codes) => model.Classify(codes);",
        "EndpointRouteBuilderExtensions.MapGet")]
    [InlineData("app.Use(async (http, next) => { model.Classify(new sbyte[4]); await next(http); });",
        "UseExtensions.Use")]
    public async Task TQ022_captured_by_an_endpoint(string statement, string runner) => Assert.Contains(
        $"and {runner} runs this from several threads",
        Assert.Single(await UseRun.DiagnosticsAsync(Program(statement), GeneratorRun.Web)), StringComparison.Ordinal);

    [Theory]
    [InlineData("services.AddScoped<Tiny>(); services.AddTransient<ITiny, Tiny>(); services.AddScoped(_ => new "
        + "Tiny());",
        "")]
    [InlineData("services.AddSingleton<Service>();",
        "class Service { private int _n; public int Classify(sbyte[] codes) => new Tiny().Classify(codes) + _n++; }")]
    [InlineData("services.AddSingleton<Service>();",
        "class Service { private readonly object _gate = new(); private Tiny _model = new(); }")]
    [InlineData("services.AddSingleton<Service>();",
        "class Service { private readonly System.Threading.SemaphoreSlim _one = new(1); private Tiny _model = new(); "
            + "}")]
    [InlineData("services.AddSingleton<Service>();",
        "class Service { private readonly System.Threading.ThreadLocal<Tiny> _model = new(() => new()); }")]
    [InlineData("services.AddSingleton<Service>();",
        "class Service { private readonly System.Collections.Concurrent.ConcurrentBag<Tiny> _pool = []; }")]
    [InlineData("services.AddSingleton<Service>();", "class Service { private static Tiny One() => new(); }")]
    [InlineData("services.Add(new ServiceDescriptor(typeof(ITiny), typeof(Tiny), ServiceLifetime.Scoped)); "
        + "services.AddSingleton<object>(codes);", "")]
    [InlineData("services.Add(ServiceDescriptor.Describe(typeof(ITiny), typeof(Tiny), ServiceLifetime.Transient));",
        "")]
    [InlineData("Parallel.For(0, 9, i => { Tiny mine = new(); mine.Classify(codes); });", "")]
    [InlineData("Parallel.For(0, 9, () => new Tiny(), (i, _, mine) => { mine.Classify(codes); return mine; }, _ => { "
        + "});", "")]
    [InlineData("Parallel.For(0, 9, i => Tiny.Classify(codes, new byte[Tiny.ClassifyArenaBytes]));", "")]
    [InlineData("Task.Run(() => model.Classify(codes)); codes.Select(_ => model.Classify(codes));", "")]
    [InlineData("Parallel.For(0, 9, i => s_mine!.Classify(codes));", "[System.ThreadStatic] static Tiny? s_mine;")]
    public async Task An_instance_for_each_says_nothing(string statement, string member) =>
        Assert.Empty(await UseRun.DiagnosticsAsync(Program(statement, member), GeneratorRun.Services));

    [Theory]
    [InlineData("app.MapPost(\"/\", (Tiny mine, sbyte[] codes) => mine.Classify(codes));", "")]
    [InlineData("app.MapPost(\"/\", (sbyte[] codes) => Tiny.Classify(codes, new byte[Tiny.ClassifyArenaBytes]));", "")]
    [InlineData("", "[System.ThreadStatic] static Tiny? s_mine; static Tiny Mine => s_mine ??= new();")]
    [InlineData("", "static readonly System.Threading.ThreadLocal<Tiny> s_mine = new(() => new());")]
    [InlineData("", "private Tiny _ofTheRequest = new(); private const int Bytes = Tiny.ArenaBytes;")]
    public async Task A_web_application_that_is_right_says_nothing(string statement, string member) =>
        Assert.Empty(await UseRun.DiagnosticsAsync(Program(statement, member), GeneratorRun.Web));

    [Fact]
    public async Task A_method_of_the_same_name_elsewhere_says_nothing() => Assert.Empty(await UseRun.DiagnosticsAsync(
        Program("AddSingleton<Tiny>();", "static void AddSingleton<T>() { }"), GeneratorRun.Services));

    [Theory]
    [InlineData("services.AddSingleton<Tiny>();", "services.AddScoped<Tiny>();")]
    [InlineData("services.AddSingleton<ITiny, Tiny>();", "services.AddScoped<ITiny, Tiny>();")]
    [InlineData("services.TryAddSingleton(_ => new Tiny());", "services.TryAddScoped(_ => new Tiny());")]
    [InlineData("services.AddSingleton<ITiny>(new Tiny());", "services.AddScoped<ITiny>(_ => new Tiny());")]
    [InlineData("services.AddKeyedSingleton<ITiny>(1, new Tiny());",
        "services.AddKeyedScoped<ITiny>(1, (_, _) => new Tiny());")]
    [InlineData("services.Add(ServiceDescriptor.Singleton<ITiny, Tiny>());",
        "services.Add(ServiceDescriptor.Scoped<ITiny, Tiny>());")]
    public async Task TQ020_scoped(string before, string after) => Assert.Equal(
        Program(after),
        await UseRun.FixAsync(
            Program(before), new ScopedServiceFix(), "Register one for each request (scoped)", GeneratorRun.Services));

    [Theory]
    [InlineData("services.AddSingleton(model);", "")]
    [InlineData("services.AddSingleton<Service>();", "class Service { private Tiny _model = new(); }")]
    [InlineData("services.Add(ServiceDescriptor.Describe(typeof(ITiny), typeof(Tiny), ServiceLifetime.Singleton));",
        "")]
    public async Task TQ020_has_no_fix_where_none_is_sure(string statement, string member) =>
        Assert.True(await UseRun.OffersNothingAsync(
            Program(statement, member), new ScopedServiceFix(), GeneratorRun.Services));

    /// <summary>The statement is line 8 from column 10, the member line 10 from column 5.</summary>
    private static string Program(string statement, string member = "")
    {
        bool isWeb = statement.Contains("app.", StringComparison.Ordinal);
        return $$"""
        using System.Linq; using System.Threading.Tasks; using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.DependencyInjection.Extensions;{{(isWeb ? "using Microsoft.AspNetCore.Builder;" : "")}}
        public interface ITiny; [TinyQuant.QuantizedModel("tiny.tqm")] internal partial class Tiny : ITiny;
        [TinyQuant.QuantizedModel("tiny.tqm")] internal partial struct SmallStruct;
        internal class User
        {
            static Tiny Make(System.IServiceProvider _) => new();
            void Use(IServiceCollection services, {{(isWeb ? "WebApplication app, " : "")}}sbyte[] codes, Tiny model) {
                 {{statement}}
            }
            {{member}}
        }
        """;
    }
}
