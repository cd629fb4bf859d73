"""Declarations become an app of their own: their two tables move with every row, and the history goes on under the new name.

The triggers of history name the table themselves (TG_TABLE_NAME), so they serve on; what was kept under the old name stays there, and
`credit_platform.audit.former` finds it. Names of indexes, constraints, sequences and triggers follow their table.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

TABLES = ("declaration", "declarationreport")
RENAME = """
ALTER TABLE {old} RENAME TO {new};
ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq;
DO $body$
DECLARE
    each text;
BEGIN
    FOR each IN SELECT conname FROM pg_constraint WHERE conrelid = '{new}'::regclass AND starts_with(conname, '{before}_') LOOP
        EXECUTE format('ALTER TABLE {new} RENAME CONSTRAINT %I TO %I', each, left('{after}_' || substr(each, length('{before}_') + 1), 63));
    END LOOP;
    FOR each IN SELECT indexname FROM pg_indexes WHERE tablename = '{new}' AND starts_with(indexname, '{before}_') LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', each, left('{after}_' || substr(each, length('{before}_') + 1), 63));
    END LOOP;
    FOR each IN SELECT tgname FROM pg_trigger
        WHERE tgrelid = '{new}'::regclass AND NOT tgisinternal AND starts_with(tgname, '{before}_') LOOP
        EXECUTE format('ALTER TRIGGER %I ON {new} RENAME TO %I', each, left('{after}_' || substr(each, length('{before}_') + 1), 63));
    END LOOP;
END $body$;
"""


def moved(table):
    """The move of a table, and the way back."""
    return migrations.RunSQL(_rename(table, "commitments", "declarations"), _rename(table, "declarations", "commitments"))


def _rename(table, before, after):
    return RENAME.format(old=f"{before}_{table}", new=f"{after}_{table}", before=before, after=after)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('audit', '0002_triggers'),
        ('commitments', '0010_breach_of_a_case'),
        ('accounts', '0005_second_factor'),
        ('companies', '0005_resets_and_applicants'),
        ('records', '0015_undoing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[moved(table) for table in TABLES],
            state_operations=[
                migrations.CreateModel(
                    name='Declaration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('licence', '资质证照'), ('business', '市场经营'), ('contract', '合同履约'), ('charity', '社会公益')], max_length=10, verbose_name='类别')),
                        ('title', models.CharField(max_length=120, verbose_name='标题')),
                        ('body', models.TextField(max_length=2000, verbose_name='内容')),
                        ('happened_on', models.DateField(blank=True, null=True, verbose_name='发生（取得）日期')),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                        ('promise', models.TextField(verbose_name='真实性承诺')),
                        ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待审核'), ('returned', '已退回'), ('shown', '公开中'), ('struck', '已撤除'), ('withdrawn', '已撤回')], default='draft', max_length=10, verbose_name='状态')),
                        ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='提交时间')),
                        ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='审核日期')),
                        ('review_note', models.CharField(blank=True, max_length=500, verbose_name='审核意见')),
                        ('confirmed_until', models.DateField(blank=True, null=True, verbose_name='确认有效至')),
                        ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='建立时间')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.companyaccount', verbose_name='申报账户')),
                        ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='审核单位')),
                        ('record', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declaration', to='records.creditrecord', verbose_name='信用记录')),
                        ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                        ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject', verbose_name='申报主体')),
                    ],
                    options={
                        'verbose_name': '自主申报',
                        'verbose_name_plural': '自主申报',
                        'ordering': ['-created_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='DeclarationReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(max_length=2000, verbose_name='反映内容')),
                        ('contact', models.BinaryField(blank=True, null=True, verbose_name='联系方式（加密）')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='反映时间')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
                        ('untrue', models.BooleanField(blank=True, null=True, verbose_name='反映属实')),
                        ('answer', models.CharField(blank=True, max_length=500, verbose_name='办理结果')),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                        ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='declarations.declaration', verbose_name='自主申报')),
                    ],
                    options={
                        'verbose_name': '不实反映',
                        'verbose_name_plural': '不实反映',
                        'ordering': ['-made_at'],
                    },
                ),
                migrations.AddIndex(
                    model_name='declaration',
                    index=models.Index(fields=['subject', '-id'], name='declaration_of_subject'),
                ),
                migrations.AddIndex(
                    model_name='declaration',
                    index=models.Index(condition=models.Q(('state', 'submitted')), fields=['department', 'submitted_at'], name='declaration_to_review'),
                ),
                migrations.AddConstraint(
                    model_name='declaration',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), models.Q(('confirmed_until__isnull', False), ('reviewer__isnull', False)), _connector='OR'), name='declaration_shown_was_accepted'),
                ),
            ],
        ),
    ]
