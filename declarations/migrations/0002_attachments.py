"""The proofs of declarations leave the table of papers for one of their own, with their numbers, so that old links still lead to them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from credit_platform.audit.history import KeepHistory

COLUMNS = "declaration_id, name, media_type, size, sha256, path, added_by, added_at"
COPY = f"""
INSERT INTO declarations_attachment (id, {COLUMNS}) SELECT id, {COLUMNS} FROM commitments_paper WHERE declaration_id IS NOT NULL;
SELECT setval(pg_get_serial_sequence('declarations_attachment', 'id'), coalesce(max(id), 0) + 1, false) FROM declarations_attachment;
"""  # noqa: S608 - own names only
BACK = f"INSERT INTO commitments_paper (role, {COLUMNS}) SELECT 'declaration', {COLUMNS} FROM declarations_attachment"  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("declarations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('media_type', models.CharField(max_length=60, verbose_name='类型')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('path', models.CharField(max_length=200, verbose_name='位置')),
                ('added_by', models.CharField(max_length=100, verbose_name='上传人')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='declarations.declaration', verbose_name='自主申报')),
            ],
            options={
                'verbose_name': '申报附件',
                'verbose_name_plural': '申报附件',
                'ordering': ['added_at', 'id'],
            },
        ),
        migrations.RunSQL(COPY, BACK),
        KeepHistory("declarations_attachment"),
    ]
